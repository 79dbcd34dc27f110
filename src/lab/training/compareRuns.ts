import type { Tone } from '../../components/charts/tones.js';
import { countTraining } from '../data/splitExamples.js';
import { text } from '../text/text.js';
import type { Task, TrainingRun } from './trainingRun.js';

/** Those of earlier runs in charts; as many of them are shown at most. The colors of the current run are others. */
const TONES: readonly Tone[] = [
  'third dashed',
  'fourth dotted',
  'fifth dashed',
  'third dotted',
  'fourth dashed',
];

/** More earlier runs than these are not shown in charts. */
export const MAX_SHOWN = TONES.length;

export function isShown({ isHidden }: TrainingRun): boolean {
  return isHidden !== true;
}

/** Hides the oldest of runs if there are too many to show. */
export function hideOldest(runs: readonly TrainingRun[]): readonly TrainingRun[] {
  const tooMany = runs.filter(isShown).slice(0, -MAX_SHOWN);
  return runs.map((run) => (tooMany.includes(run) ? { ...run, isHidden: true } : run));
}

/** The tone of each run that is shown, by its id: as far as possible the same whatever else is shown. */
export function tonesOf(runs: readonly TrainingRun[]): ReadonlyMap<number, Tone> {
  const free = new Set<Tone>(TONES);
  const tones = new Map<number, Tone>();
  for (const { id } of runs.filter(isShown)) {
    const tone = TONES.map((_, i) => TONES[(id + i) % TONES.length]).find((each) => free.has(each));
    if (tone === undefined) break;
    free.delete(tone);
    tones.set(id, tone);
  }
  return tones;
}

/** What differs between runs besides their networks, for each of them: settings, and the examples. */
export function differencesOf(runs: readonly TrainingRun[]): readonly (readonly string[])[] {
  const datasets = [...new Set(runs.map(({ task }) => task?.dataset))];
  const facts = runs.map(({ task, engine }) =>
    task === undefined ? [] : factsOf(task, 1 + datasets.indexOf(task.dataset), engine?.device?.kind),
  );
  return facts.map((own) => own.filter((fact, i) => facts.some((others) => others[i] !== fact)));
}

/** What is known of a task, always in the same order. */
function factsOf(
  { dataset, settings }: Task,
  number: number,
  device: 'cpu' | 'gpu' = 'cpu',
): readonly string[] {
  const { facts } = text.training;
  return [
    facts.examples(number, countTraining(dataset)),
    facts.epochs(settings.epochs),
    facts.learningRate(settings.learningRate),
    facts.batchSize(settings.batchSize),
    settings.varied ? facts.varied : facts.notVaried,
    facts.device[device],
  ];
}
