import { useEffect, useRef, useState } from 'preact/hooks';
import { hrefOf } from '../../components/route.js';
import { text } from '../text/text.js';
import type { Lab } from '../useLab.js';
import { CopyLink } from './copyLink.js';
import { CurrentLesson } from './currentLesson.js';
import { linkTo } from './labLink.js';
import type { Lesson } from './lesson.js';
import { LESSONS } from './lessons.js';
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
  const summary = useRef<HTMLElement>(null);
  const shown = useRef(lesson);
  useEffect(() => {
    if (shown.current === lesson) return;
    shown.current = lesson;
    if (lesson !== undefined) setOpen(true);
    // The button that was pressed is gone.
    if (document.activeElement === document.body) summary.current?.focus();
  }, [lesson]);
  return (
    <details
      class="card lesson-panel"
      open={isOpen}
      onToggle={({ currentTarget }) => {
        setOpen(currentTarget.open);
      }}
    >
      <summary ref={summary}>{lesson === undefined ? text.lessons.title : titleOf(lesson)}</summary>
      {lesson === undefined ? (
        <LessonList lab={lab} onChoose={state.choose} />
      ) : (
        <CurrentLesson state={state} lesson={lesson} runs={lab.training.runs} onFollow={onFollow} />
      )}
    </details>
  );
}

function titleOf(lesson: Lesson): string {
  return text.lessons.lesson(LESSONS.indexOf(lesson) + 1, text.lessons.all[lesson.id].title);
}

function LessonList({ lab, onChoose }: { lab: Lab; onChoose: (lesson: Lesson) => void }) {
  const { preset } = lab.network.value;
  return (
    <>
      <p>{text.lessons.intro}</p>
      <ol class="lesson-list">
        {LESSONS.map((lesson, i) => (
          <li key={lesson.id}>
            <button
              type="button"
              onClick={() => {
                onChoose(lesson);
              }}
            >
              {text.lessons.titled(i + 1, text.lessons.all[lesson.id].title)}
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
          href={linkTo('training', { preset, settings: lab.training.settings })}
          label={text.lessons.copySettings}
        />
      </div>
      {preset === undefined && <p class="muted">{text.lessons.ownNetwork}</p>}
    </>
  );
}
