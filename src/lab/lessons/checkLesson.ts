import { countTraining } from '../data/splitExamples.js';
import type { TrainingNumbers } from '../text/en.js';
import { text } from '../text/text.js';
import type { Task, TrainingRun } from '../training/trainingRun.js';
import type { Lesson } from './lesson.js';

/** What the trainings of a lesson have shown. */
export interface CheckResult {
  /** `unclear` if both trainings are done, but do not show what the lesson is about. */
  readonly state: 'todo' | 'seen' | 'unclear';
  readonly message: string;
  /** The numbers of each training of the lesson; undefined if it is to be done. */
  readonly trainings: readonly (TrainingNumbers | undefined)[];
}

/** Looks for the trainings of a lesson among the runs, of which the latest count. */
export function checkLesson(lesson: Lesson, runs: readonly TrainingRun[]): CheckResult {
  const [isFirst, ...others] = lesson.trainings;
  const first = latest(runs, isFirst);
  if (first === undefined) return { ...conclude(lesson, undefined, undefined), trainings: [] };
  const found = others.map(
    (matches) => latest(runs, (task) => matches(task) && isAlike(task, first.task, lesson.varies))?.numbers,
  );
  return { ...conclude(lesson, first.numbers, found[0]), trainings: [first.numbers, ...found] };
}

/** Whether the observation was made, in words. */
function conclude(
  { id, isShown }: Lesson,
  first: TrainingNumbers | undefined,
  second: TrainingNumbers | undefined,
): Pick<CheckResult, 'state' | 'message'> {
  const { all, todo, todoAlike, doneSo, unclearMark, unclear } = text.lessons;
  const words = all[id];
  if (first === undefined) return { state: 'todo', message: todo(words.first) };
  const found = doneSo(words.first, first);
  if (second === undefined) return { state: 'todo', message: `${found} ${todoAlike(words.second)}` };
  if (isShown(first, second)) return { state: 'seen', message: words.seen(first, second) };
  return { state: 'unclear', message: `${found} ${doneSo(words.second, second)} ${unclearMark} ${unclear}` };
}

/** The latest training of some kind that has finished. */
function latest(runs: readonly TrainingRun[], matches: (task: Task) => boolean) {
  const run = runs.findLast(({ phase, task }) => phase === 'done' && task !== undefined && matches(task));
  return run?.task && { task: run.task, numbers: numbersOf(run.epochs, run.task) };
}

function numbersOf(epochs: TrainingRun['epochs'], { dataset, settings }: Task): TrainingNumbers {
  return {
    training: epochs.at(-1)?.trainAccuracy ?? 0,
    validation: Math.max(...epochs.map(({ validationAccuracy }) => validationAccuracy)),
    images: countTraining(dataset),
    learningRate: settings.learningRate,
  };
}

/** Whether two trainings differ in nothing but what the lesson varies. */
function isAlike(one: Task, other: Task, varies: Lesson['varies']): boolean {
  const others = new Map(Object.entries(partsOf(other)));
  return Object.entries(partsOf(one)).every(([part, value]) => part === varies || value === others.get(part));
}

function partsOf({ dataset, model, settings }: Task) {
  // The number of outputs follows from the data.
  return { data: dataset.name, network: model.layers.map(({ type }) => type).join(), ...settings };
}
