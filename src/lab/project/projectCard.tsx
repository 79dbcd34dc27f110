import { useRef } from 'preact/hooks';
import { Notice } from '../../components/notice.js';
import { checkLesson } from '../lessons/checkLesson.js';
import { LESSONS, numberOf } from '../lessons/lessons.js';
import { text } from '../text/text.js';
import type { Project } from './useProject.js';

/** Saves everything as one file to hand in, and opens such a file. */
export function ProjectCard({ project }: { project: Project }) {
  const input = useRef<HTMLInputElement>(null);
  const { outcome, canGoBack, runs } = project;
  const { title, intro, save, open, openHint, goBack, seen } = text.project;
  const lessons = LESSONS.flatMap((lesson) =>
    checkLesson(lesson, runs).state === 'seen'
      ? text.lessons.titled(numberOf(lesson), text.lessons.all[lesson.id].title)
      : [],
  );
  return (
    <section class="card project" aria-label={title}>
      <h2>{title}</h2>
      <p class="muted">{intro}</p>
      {lessons.length > 0 && (
        <p>
          {seen} {lessons.join('; ')}
        </p>
      )}
      <div class="button-group">
        <button
          type="button"
          onClick={() => {
            void project.save();
          }}
        >
          {save}
        </button>
        <button type="button" title={openHint} onClick={() => input.current?.click()}>
          {open}
        </button>
        {canGoBack && (
          <button type="button" onClick={project.goBack}>
            {goBack}
          </button>
        )}
      </div>
      <input
        ref={input}
        type="file"
        accept=".zip"
        class="visually-hidden"
        tabIndex={-1}
        aria-label={open}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0);
          currentTarget.value = '';
          if (file) void project.open(file);
        }}
      />
      {outcome !== undefined && <Notice isError={outcome.isError}>{outcome.message}</Notice>}
    </section>
  );
}
