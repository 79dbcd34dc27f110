import { useEffect, useRef, useState } from 'preact/hooks';
import { hrefOf } from '../../components/route.js';
import { PRETRAINED } from '../network/network.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { CheckBar } from './checkBar.js';
import { checkLesson } from './checkLesson.js';
import { CopyLink } from './copyLink.js';
import { CurrentLesson } from './currentLesson.js';
import { linkTo } from './labLink.js';
import type { Lesson } from './lesson.js';
import { LESSONS, numberOf } from './lessons.js';
import type { LessonState } from './useLesson.js';

/** The lessons, or the current one, which stays in all views and can be folded. */
export function LessonPanel(props: {
  lab: Lab;
  state: LessonState;
  /** Called when a link to a view is followed. */
  onFollow: (route: string) => void;
}) {
  const { lab, state, onFollow } = props;
  const { lesson } = state;
  const [isOpen, setOpen] = useState(lesson !== undefined);
  const panel = useRef<HTMLDetailsElement>(null);
  const summary = useRef<HTMLElement>(null);
  const shown = useRef(lesson);
  useEffect(() => {
    if (shown.current === lesson) return;
    shown.current = lesson;
    if (lesson !== undefined) setOpen(true);
    // The button that was pressed is gone.
    if (document.activeElement === document.body) summary.current?.focus();
  }, [lesson]);
  const check = lesson && checkLesson(lesson, lab.training.runs);
  return (
    <>
      <details
        ref={panel}
        class="card lesson-panel"
        open={isOpen}
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary ref={summary}>{lesson === undefined ? text.lessons.title : titleOf(lesson)}</summary>
        {lesson === undefined || check === undefined ? (
          <LessonList lab={lab} onChoose={state.choose} />
        ) : (
          <CurrentLesson state={state} lesson={lesson} check={check} onFollow={onFollow} />
        )}
      </details>
      {lesson !== undefined && check !== undefined && (
        <CheckBar
          lesson={lesson}
          state={check.state}
          onChoose={state.choose}
          onShow={() => {
            setOpen(true);
            panel.current?.scrollIntoView({ block: 'end' });
            summary.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </>
  );
}

function titleOf(lesson: Lesson): string {
  return text.lessons.lesson(numberOf(lesson), text.lessons.all[lesson.id].title);
}

function LessonList({ lab, onChoose }: { lab: Lab; onChoose: (lesson: Lesson) => void }) {
  const { preset } = lab.network.value;
  // A link contains no weights.
  const linked = preset === PRETRAINED ? undefined : preset;
  return (
    <>
      <p>{text.lessons.intro}</p>
      <ol class="lesson-list">
        {LESSONS.map((lesson) => (
          <li key={lesson.id}>
            <button
              type="button"
              onClick={() => {
                onChoose(lesson);
              }}
            >
              {text.lessons.titled(numberOf(lesson), text.lessons.all[lesson.id].title)}
              <span class="muted">{text.lessons.minutes(lesson.minutes)}</span>
            </button>
          </li>
        ))}
      </ol>
      <div class="button-group">
        <a class="button" href={hrefOf('teacher')}>
          {text.teacher.title}
        </a>
        <CopyLink
          href={linkTo('training', { preset: linked, settings: lab.training.settings })}
          label={text.lessons.copySettings}
        />
      </div>
      {linked === undefined && <p class="muted">{text.lessons.ownNetwork}</p>}
    </>
  );
}
