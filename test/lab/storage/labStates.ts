import { fit, generateDigits, preset } from '#inkling/index.js';
import { addExamples, type Collection, emptyCollection } from '../../../src/lab/data/collection.js';
import { datasetOf } from '../../../src/lab/data/datasetOf.js';
import type { LabState } from '../../../src/lab/storage/labState.js';
import { defaultSettings, fitSettingsOf } from '../../../src/lab/training/settings.js';
import { afterEvent, started, type TrainingRun } from '../../../src/lab/training/trainingRun.js';

/** Ten images of each of two digits. */
export function collectionOf(seed: number): Collection {
  const { train } = generateDigits({ seed, train: 100, test: 10 });
  const groups = [0, 1].map((digit) => ({
    name: String(digit),
    images: [...train.labels.keys()]
      .filter((i) => train.labels[i] === digit)
      .map((i) => train.images.subarray(784 * i, 784 * (i + 1)))
      .slice(0, 10),
  }));
  return addExamples(emptyCollection('drawing', ['unused']), groups);
}

/** A run after two of three epochs. */
async function runOf(collection: Collection, others: readonly TrainingRun[]): Promise<TrainingRun> {
  const dataset = datasetOf(collection);
  if (dataset === undefined) throw new Error('expected a data set');
  const model = preset('mlp', { input: dataset.shape, classes: 2 });
  const settings = { ...defaultSettings(10), epochs: 3 };
  let run = started({ model, dataset, settings }, others);
  const stop = new AbortController();
  await fit({
    model,
    dataset,
    settings: fitSettingsOf(settings),
    signal: stop.signal,
    onEvent(event) {
      run = afterEvent(run, event);
      if (run.epochs.length === 2) stop.abort();
    },
    onState(state) {
      run = { ...run, state };
    },
    onCheckpoint(which, best) {
      if (which === 'best') run = { ...run, best };
    },
  });
  const device = { kind: 'gpu', adapter: 'A', trial: { cpu: 5, gpu: 10 } } as const;
  return {
    ...run,
    isHidden: false,
    engine: { threads: 1, simd: undefined, device },
    device: 'Device: GPU A',
  };
}

/** The current examples, those that a lesson has replaced, an earlier run on these, and the current run. */
export async function stateOf(): Promise<LabState> {
  const [before, collection] = [collectionOf(0), collectionOf(1)];
  const first = { ...(await runOf(before, [])), state: undefined, isHidden: true };
  const current = await runOf(collection, [first]);
  const { model } = current.task ?? {};
  if (model === undefined) throw new Error('expected a task');
  const own = { collection: before, network: undefined, settings: { learningRate: 0.01 } };
  return {
    collection,
    network: { preset: 'mlp', model, pretrained: undefined },
    settings: { epochs: 3 },
    runs: [first, current],
    hasCurrent: true,
    replaced: { ...own, lesson: 'dropout', runId: first.id },
    link: 'epochs=3',
    pretrained: undefined,
  };
}

/** Without what is not saved: the time that was left, and the record of the epoch in a best model. */
export const comparable = ({ runs, ...rest }: LabState): object => ({
  ...rest,
  runs: runs.map(({ best, ...run }) => ({
    ...run,
    secondsLeft: undefined,
    best: best && { weights: best.weights, classes: best.classes },
  })),
});
