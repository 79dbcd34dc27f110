import { LESSONS } from '../lessons/lessons.js';
import { ProjectCard } from '../project/projectCard.js';
import type { Project } from '../project/useProject.js';
import type { LabStorage } from '../storage/openStorage.js';
import { text } from '../text/text.js';
import { LessonSheet } from './lessonSheet.js';
import { ResetCard } from './resetCard.js';
import { usePrint } from './usePrint.js';

/** All lessons with their answers, what to prepare, and the sheets for students, which are what is printed. */
export function TeacherView({ storage, project }: { storage: LabStorage; project: Project }) {
  const { only, print } = usePrint();
  return (
    <div class="teacher-view">
      <section class="card teacher-only">
        <h1>{text.teacher.title}</h1>
        <p>{text.teacher.intro}</p>
        <h2>{text.teacher.preparing}</h2>
        <List items={text.teacher.needs} />
        <h2>{text.teacher.privacyTitle}</h2>
        <List items={text.teacher.privacy} />
        <p class="muted">{text.teacher.more}</p>
        <div class="button-group">
          <button
            type="button"
            class="primary"
            onClick={() => {
              print(undefined);
            }}
          >
            {text.teacher.printAll}
          </button>
          <span class="muted">{text.teacher.printHint}</span>
        </div>
      </section>
      {LESSONS.map((lesson, i) => (
        <LessonSheet
          key={lesson.id}
          lesson={lesson}
          number={i + 1}
          isPrinted={only === undefined || only === lesson}
          onPrint={() => {
            print(lesson);
          }}
        />
      ))}
      <div class="teacher-only">
        <ProjectCard project={project} />
      </div>
      <ResetCard storage={storage} />
    </div>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul class="notes">
      {items.map((item) => (
        <li key={item}>{item}</li>
      ))}
    </ul>
  );
}
