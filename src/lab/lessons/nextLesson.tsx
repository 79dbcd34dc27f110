import { text } from '../text/text.js';
import type { Lesson } from './lesson.js';
import { lessonAfter } from './lessons.js';

/** A button that shows the lesson after another one; nothing after the last. */
export function NextLesson(props: { lesson: Lesson; onChoose: (lesson: Lesson) => void }) {
  const { lesson, onChoose } = props;
  const next = lessonAfter(lesson);
  if (next === undefined) return null;
  return (
    <button
      type="button"
      class="primary"
      onClick={() => {
        onChoose(next);
      }}
    >
      {text.lessons.nextLesson}
    </button>
  );
}
