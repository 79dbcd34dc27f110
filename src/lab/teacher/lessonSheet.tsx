import { type Fact, Facts } from '../../components/facts.js';
import { CopyLink } from '../lessons/copyLink.js';
import { hrefOfLesson } from '../lessons/labLink.js';
import type { Lesson } from '../lessons/lesson.js';
import { withNames } from '../lessons/names.js';
import { text } from '../text/text.js';

/** A lesson: the sheet for students, which can be printed, and what only teachers see. */
export function LessonSheet(props: {
  lesson: Lesson;
  number: number;
  isPrinted: boolean;
  onPrint: () => void;
}) {
  const { lesson, number, isPrinted, onPrint } = props;
  const { title, question, steps, observe } = text.lessons.all[lesson.id];
  const { sheet } = text.teacher;
  return (
    <article class={isPrinted ? 'card sheet' : 'card sheet not-printed'}>
      <p class="print-only blanks">
        <Blank label={sheet.name} />
        <Blank label={sheet.date} />
      </p>
      <h2>{text.lessons.lesson(number, title)}</h2>
      <p class="question">{withNames(question)}</p>
      <Lines label={sheet.guess} />
      <h3>{text.lessons.steps}</h3>
      <p class="print-only">
        {withNames(sheet.address)} <bdi dir="ltr">{addressOf(lesson)}</bdi>
      </p>
      <ol class="steps">
        {steps.map((step, i) => (
          <li key={step}>
            <strong>{text.views[lesson.steps[i]]}:</strong> {withNames(step)}
          </li>
        ))}
      </ol>
      <h3>{text.lessons.observe}</h3>
      <p>{withNames(observe)}</p>
      <Results lesson={lesson} />
      <Lines label={sheet.explanation} />
      <Answers lesson={lesson} onPrint={onPrint} />
    </article>
  );
}

function addressOf(lesson: Lesson): string {
  return new URL(hrefOfLesson(lesson), location.href).href;
}

function Blank({ label }: { label: string }) {
  return (
    <span class="blank">
      {label}: <span class="line" />
    </span>
  );
}

/** Room to write. */
function Lines({ label }: { label: string }) {
  return (
    <div class="print-only">
      <h3>{label}</h3>
      <p class="line" />
      <p class="line" />
    </div>
  );
}

/** A table to fill in. */
function Results({ lesson }: { lesson: Lesson }) {
  const { first, second } = text.lessons.all[lesson.id];
  const { results, training, validation } = text.teacher.sheet;
  return (
    <div class="print-only">
      <h3>{results}</h3>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{training}</th>
            <th scope="col">{validation}</th>
          </tr>
        </thead>
        <tbody>
          {[first, second].map((name) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Answers({ lesson, onPrint }: { lesson: Lesson; onPrint: () => void }) {
  const { goal, answer, pitfalls } = text.teacher.lessons[lesson.id];
  const facts: readonly Fact[] = [
    [text.teacher.duration, text.lessons.minutes(lesson.minutes)],
    [text.teacher.goal, goal],
    [text.teacher.answer, answer],
    [text.teacher.pitfalls, pitfalls],
  ];
  return (
    <div class="teacher-only">
      <Facts class="answers" facts={facts} />
      <div class="button-group">
        <a class="button" href={hrefOfLesson(lesson)}>
          {text.teacher.open}
        </a>
        <button type="button" onClick={onPrint}>
          {text.teacher.print}
        </button>
        <CopyLink href={hrefOfLesson(lesson)} label={text.lessons.copyLink} />
      </div>
    </div>
  );
}
