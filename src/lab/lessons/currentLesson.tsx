import type { ComponentChildren } from 'preact';
import { Notice } from '../../components/notice.js';
import { hrefOf } from '../../components/route.js';
import { Terms } from '../glossary/terms.js';
import { text } from '../text/text.js';
import type { CheckResult } from './checkLesson.js';
import { CopyLink } from './copyLink.js';
import { hrefOfLesson } from './labLink.js';
import type { Lesson } from './lesson.js';
import { withNames } from './names.js';
import { NextLesson } from './nextLesson.js';
import type { LessonState } from './useLesson.js';

/** What a lesson asks, what to do and to look for, and what its trainings have shown so far. */
export function CurrentLesson(props: {
  state: LessonState;
  lesson: Lesson;
  check: CheckResult;
  /** Called when a link to a view is followed. */
  onFollow: (route: string) => void;
}) {
  const { state, lesson, check, onFollow } = props;
  const { question, observe } = text.lessons.all[lesson.id];
  return (
    <div class="lesson">
      <div>
        <p class="question">{withNames(question)}</p>
        <Terms names={lesson.terms} />
        <SetupButtons state={state} lesson={lesson} />
      </div>
      <Part title={text.lessons.steps}>
        <Steps lesson={lesson} isReady={state.isReady} check={check} onFollow={onFollow} />
      </Part>
      <div>
        <Part title={text.lessons.observe}>
          <p>{withNames(observe)}</p>
        </Part>
        <Part title={text.lessons.check}>
          <p role="status">
            {check.state === 'seen' && <span class="positive">{`✓ ${text.lessons.seenMark} `}</span>}
            {check.message}
          </p>
          {check.state === 'seen' && <NextLesson lesson={lesson} onChoose={state.choose} />}
        </Part>
      </div>
    </div>
  );
}

/** The steps, of which those are marked that are known to be done, with what their trainings have reached. */
function Steps(props: {
  lesson: Lesson;
  isReady: boolean;
  check: CheckResult;
  onFollow: (route: string) => void;
}) {
  const { lesson, isReady, check, onFollow } = props;
  const { steps } = text.lessons.all[lesson.id];
  return (
    <ol class="steps">
      <li>
        <DoneMark isDone={isReady} />
        {withNames(text.lessons.firstStep)}
      </li>
      {lesson.steps.map(([view, training], i) => {
        const numbers = training === undefined ? undefined : check.trainings.at(training);
        return (
          <li key={steps[i]}>
            <DoneMark isDone={numbers !== undefined} />
            <a
              href={hrefOf(view)}
              onClick={() => {
                onFollow(view);
              }}
            >
              {text.views[view]}
            </a>
            : {withNames(steps[i])}
            {numbers !== undefined && <span class="muted"> {text.lessons.reached(numbers.validation)}</span>}
          </li>
        );
      })}
    </ol>
  );
}

function DoneMark({ isDone }: { isDone: boolean }) {
  if (!isDone) return null;
  return (
    <>
      <span class="positive" role="img" aria-label={text.lessons.done}>
        ✓
      </span>{' '}
    </>
  );
}

function SetupButtons({ state, lesson }: { state: LessonState; lesson: Lesson }) {
  const { isLoading, isReady, problem, hasReplaced, end, setUp } = state;
  return (
    <>
      <div class="button-group">
        <button type="button" class={isReady ? '' : 'primary'} disabled={isLoading} onClick={setUp}>
          {isLoading ? text.lessons.settingUp : text.lessons.setUp}
        </button>
        <button type="button" disabled={isLoading} onClick={end}>
          {hasReplaced ? text.lessons.end : text.lessons.choose}
        </button>
        <CopyLink href={hrefOfLesson(lesson)} label={text.lessons.copyLink} />
      </div>
      <p class="muted" role="status">
        {isReady && `${text.lessons.isSetUp} `}
        {withNames(isReady ? text.lessons.endHint : text.lessons.setUpHint)}
      </p>
      {problem !== undefined && <Notice isError>{problem}</Notice>}
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
