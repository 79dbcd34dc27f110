import { useEffect, useRef, useState } from 'preact/hooks';
import { useRoute } from '../../components/route.js';
import { text } from '../text/text.js';
import type { CheckResult } from './checkLesson.js';
import type { Lesson } from './lesson.js';
import { NextLesson } from './nextLesson.js';

/** Says that the trainings of a lesson are done, wherever the page is scrolled to, when the last of them ends. */
export function CheckBar(props: {
  lesson: Lesson;
  state: CheckResult['state'];
  /** Shows what was found. */
  onShow: () => void;
  onChoose: (lesson: Lesson) => void;
}) {
  const { lesson, state, onShow, onChoose } = props;
  const isNew = useIsNew(lesson, state);
  const [closed, setClosed] = useState<Lesson>();
  useEffect(() => {
    if (state === 'todo') setClosed(undefined);
  }, [lesson, state]);
  const [view] = useRoute();
  const shownIn = useRef(view);
  useEffect(() => {
    // In another view, it could cover what the lesson asks for next.
    if (shownIn.current !== view && isNew) setClosed(lesson);
    shownIn.current = view;
  }, [view]);
  const isShown = isNew && closed !== lesson;
  return (
    <div class={isShown ? 'card check-bar' : 'visually-hidden'} role="status">
      {isShown && (
        <>
          <p class={state === 'seen' ? 'positive' : ''}>
            {state === 'seen' ? `✓ ${text.lessons.seenMark}` : text.lessons.unclearMark}
          </p>
          <button
            type="button"
            onClick={() => {
              setClosed(lesson);
              onShow();
            }}
          >
            {text.lessons.check}
          </button>
          {state === 'seen' && <NextLesson lesson={lesson} onChoose={onChoose} />}
          <button
            type="button"
            class="icon"
            aria-label={text.components.close}
            onClick={() => {
              setClosed(lesson);
            }}
          >
            ×
          </button>
        </>
      )}
    </div>
  );
}

/** Whether the trainings of a lesson were not done yet when it was shown first. */
function useIsNew(lesson: Lesson, state: CheckResult['state']): boolean {
  const open = useRef<Lesson | undefined>(undefined);
  if (state === 'todo') open.current = lesson;
  return state !== 'todo' && open.current === lesson;
}
