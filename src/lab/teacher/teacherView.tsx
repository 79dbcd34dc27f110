import { useState } from 'preact/hooks';
import { ConfirmedButton } from '../confirmedButton.js';
import { LESSONS } from '../lessons/lessons.js';
import { withNames } from '../lessons/names.js';
import { ProjectCard } from '../project/projectCard.js';
import type { Project } from '../project/useProject.js';
import type { LabStorage } from '../storage/openStorage.js';
import { StorageCard } from '../storage/storageCard.js';
import { text } from '../text/text.js';
import { LessonSheet } from './lessonSheet.js';
import { usePrint } from './usePrint.js';

/** What to prepare, and all lessons with the sheets for students; their answers are hidden until a teacher asks for them. */
export function TeacherView({ storage, project }: { storage: LabStorage; project: Project }) {
  const { only, withAnswers, print } = usePrint();
  const [showsAnswers, setShowsAnswers] = useState(false);
  const { teacher } = text;
  return (
    <div class="teacher-view">
      <section class="card teacher-only">
        <h1>{teacher.title}</h1>
        <p>{teacher.intro}</p>
        <h2>{teacher.preparing}</h2>
        <List items={teacher.needs} />
        <h2>{teacher.privacyTitle}</h2>
        <List items={teacher.privacy} />
        <p class="muted">{teacher.more}</p>
        <div class="button-group">
          <button
            type="button"
            class="primary"
            onClick={() => {
              print({});
            }}
          >
            {teacher.printAll}
          </button>
          {showsAnswers && (
            <button
              type="button"
              onClick={() => {
                print({ withAnswers: true });
              }}
            >
              {teacher.printAllWithAnswers}
            </button>
          )}
          <span class="muted">{teacher.printHint}</span>
        </div>
        <div class="button-group">
          {showsAnswers ? (
            <button
              type="button"
              onClick={() => {
                setShowsAnswers(false);
              }}
            >
              {teacher.hideAnswers}
            </button>
          ) : (
            <ConfirmedButton
              label={teacher.showAnswers}
              question={teacher.confirmAnswers}
              yes={teacher.showNow}
              no={teacher.keepHidden}
              onConfirm={() => {
                setShowsAnswers(true);
              }}
            />
          )}
        </div>
      </section>
      {LESSONS.map((lesson) => (
        <LessonSheet
          key={lesson.id}
          lesson={lesson}
          isPrinted={only === undefined || only === lesson}
          answers={showsAnswers ? (withAnswers ? 'printed' : 'shown') : 'hidden'}
          onPrint={(answers) => {
            print({ only: lesson, withAnswers: answers });
          }}
        />
      ))}
      <div class="teacher-only">
        <ProjectCard project={project} />
      </div>
      <div class="teacher-only">
        <StorageCard storage={storage} />
      </div>
    </div>
  );
}

function List({ items }: { items: readonly string[] }) {
  return (
    <ul class="notes">
      {items.map((item) => (
        <li key={item}>{withNames(item)}</li>
      ))}
    </ul>
  );
}
