import type { ComponentChildren } from 'preact';
import { Notice } from '../../components/notice.js';
import { hrefOf } from '../../components/route.js';
import { text } from '../text/text.js';
import type { TrainingRun } from '../training/trainingRun.js';
import { checkLesson } from './checkLesson.js';
import { CopyLink } from './copyLink.js';
import { hrefOfLesson } from './labLink.js';
import type { Lesson } from './lesson.js';
import { withNames } from './names.js';
import type { LessonState } from './useLesson.js';

/** What a lesson asks, what to do and to look for, and what its trainings have shown so far. */
export function CurrentLesson(props: {
  state: LessonState;
  lesson: Lesson;
  runs: readonly TrainingRun[];
  /** Called when a link to a view is followed. */
  onFollow: (route: string) => void;
}) {
  const { state, lesson, runs, onFollow } = props;
  const { question, steps, observe } = text.lessons.all[lesson.id];
  const { state: found, message } = checkLesson(lesson, runs);
  return (
    <div class="lesson">
      <div>
        <p class="question">{withNames(question)}</p>
        <SetupButtons state={state} lesson={lesson} />
      </div>
      <Part title={text.lessons.steps}>
        <ol class="steps">
          <li>{withNames(text.lessons.firstStep)}</li>
          {steps.map((step, i) => (
            <li key={step}>
              <a
                href={hrefOf(lesson.steps[i])}
                onClick={() => {
                  onFollow(lesson.steps[i]);
                }}
              >
                {text.views[lesson.steps[i]]}
              </a>
              : {withNames(step)}
            </li>
          ))}
        </ol>
      </Part>
      <div>
        <Part title={text.lessons.observe}>
          <p>{withNames(observe)}</p>
        </Part>
        <Part title={text.lessons.check}>
          <p role="status">
            {found === 'seen' && <span class="positive">{`✓ ${text.lessons.seenMark} `}</span>}
            {message}
          </p>
        </Part>
      </div>
    </div>
  );
}

function SetupButtons({ state, lesson }: { state: LessonState; lesson: Lesson }) {
  const { phase, problem, canUndo, choose, setUp, undo } = state;
  return (
    <>
      <div class="button-group">
        <button
          type="button"
          class={phase === 'ready' ? '' : 'primary'}
          disabled={phase === 'loading'}
          onClick={setUp}
        >
          {phase === 'loading' ? text.lessons.settingUp : text.lessons.setUp}
        </button>
        {canUndo && (
          <button type="button" onClick={undo}>
            {text.lessons.undo}
          </button>
        )}
      </div>
      <p class="muted" role="status">
        {phase === 'ready' ? text.lessons.isSetUp : text.lessons.setUpHint}
      </p>
      {problem !== undefined && <Notice isError>{problem}</Notice>}
      <div class="button-group">
        <button
          type="button"
          onClick={() => {
            choose(undefined);
          }}
        >
          {text.lessons.choose}
        </button>
        <CopyLink href={hrefOfLesson(lesson)} label={text.lessons.copyLink} />
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
