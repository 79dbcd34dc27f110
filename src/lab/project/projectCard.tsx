import { FileButton } from '../../components/fileButton.js';
import { Notice } from '../../components/notice.js';
import { checkLesson } from '../lessons/checkLesson.js';
import { LESSONS, numberOf } from '../lessons/lessons.js';
import { text } from '../text/text.js';
import type { Project } from './useProject.js';

/** Saves everything as one file to hand in, and opens such a file. */
export function ProjectCard({ project }: { project: Project }) {
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
        <FileButton
          label={open}
          hint={openHint}
          accept=".zip"
          onFiles={([file]) => {
            void project.open(file);
          }}
        />
        {canGoBack && (
          <button type="button" onClick={project.goBack}>
            {goBack}
          </button>
        )}
      </div>
      {outcome !== undefined && <Notice isError={outcome.isError}>{outcome.message}</Notice>}
    </section>
  );
}
