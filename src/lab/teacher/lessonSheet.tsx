import { type Fact, Facts } from '../../components/facts.js';
import { CopyLink } from '../lessons/copyLink.js';
import { hrefOfLesson } from '../lessons/labLink.js';
import type { Lesson } from '../lessons/lesson.js';
import { numberOf } from '../lessons/lessons.js';
import { withNames } from '../lessons/names.js';
import { text } from '../text/text.js';

/** Whether the answers are on the page, and on paper. */
type AnswersState = 'hidden' | 'shown' | 'printed';

/** A lesson: the sheet for students, which can be printed, and what only teachers see. */
export function LessonSheet(props: {
  lesson: Lesson;
  isPrinted: boolean;
  answers: AnswersState;
  onPrint: (withAnswers: boolean) => void;
}) {
  const { lesson, isPrinted, answers, onPrint } = props;
  const { title, question, steps, observe } = text.lessons.all[lesson.id];
  const { sheet } = text.teacher;
  return (
    <article class={isPrinted ? 'card sheet' : 'card sheet not-printed'}>
      <p class="print-only blanks">
        <Blank label={sheet.name} />
        <Blank label={sheet.date} />
      </p>
      <h2>{text.lessons.lesson(numberOf(lesson), title)}</h2>
      <p class="question">{withNames(question)}</p>
      <Lines label={sheet.guess} />
      <h3>{text.lessons.steps}</h3>
      <p class="print-only">
        {withNames(sheet.address)} <bdi dir="ltr">{addressOf(lesson)}</bdi>
      </p>
      <ol class="steps">
        {steps.map((step, i) => (
          <li key={step}>
            <strong>{text.views[lesson.steps[i][0]]}:</strong> {withNames(step)}
          </li>
        ))}
      </ol>
      <h3>{text.lessons.observe}</h3>
      <p>{withNames(observe)}</p>
      <Results lesson={lesson} />
      <Lines label={sheet.explanation} />
      <Answers lesson={lesson} state={answers} />
      <Tools lesson={lesson} state={answers} onPrint={onPrint} />
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

function Answers({ lesson, state }: { lesson: Lesson; state: AnswersState }) {
  const { goal, answer, pitfalls } = text.teacher.lessons[lesson.id];
  const { duration } = text.teacher;
  const facts: readonly Fact[] = [
    [duration, text.lessons.minutes(lesson.minutes)],
    ...(state === 'hidden'
      ? []
      : ([
          [text.teacher.goal, goal],
          [text.teacher.answer, answer],
          [text.teacher.pitfalls, pitfalls],
        ] as const)),
  ];
  return <Facts class={state === 'printed' ? 'answers' : 'answers teacher-only'} facts={facts} />;
}

/** What teachers do with a lesson. */
function Tools(props: { lesson: Lesson; state: AnswersState; onPrint: (withAnswers: boolean) => void }) {
  const { lesson, state, onPrint } = props;
  return (
    <div class="button-group teacher-only">
      <a class="button" href={hrefOfLesson(lesson)}>
        {text.teacher.open}
      </a>
      <button
        type="button"
        onClick={() => {
          onPrint(false);
        }}
      >
        {text.teacher.print}
      </button>
      {state !== 'hidden' && (
        <button
          type="button"
          onClick={() => {
            onPrint(true);
          }}
        >
          {text.teacher.printWithAnswers}
        </button>
      )}
      <CopyLink href={hrefOfLesson(lesson)} label={text.lessons.copyLink} />
    </div>
  );
}
