import { expect, test } from 'vitest';
import { type EpochRecord, preset } from '#inkling/index.js';
import { emptyCollection } from '../../src/lab/data/collection.js';
import { splitExamples } from '../../src/lab/data/splitExamples.js';
import { defaultSettings } from '../../src/lab/training/settings.js';
import {
  afterEvent,
  begun,
  canContinue,
  continued,
  IDLE,
  isActive,
  kept,
  MAX_RUNS,
  restored,
  started,
  type Task,
  type TrainingRun,
} from '../../src/lab/training/trainingRun.js';

const task: Task = {
  model: preset('mlp', { input: [28, 28, 1], classes: 2 }),
  dataset: splitExamples(emptyCollection('drawing', [])),
  settings: { ...defaultSettings(10), epochs: 3 },
};

const record = (epoch: number): EpochRecord => ({
  epoch,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: 1,
  validationAccuracy: 0.5,
  seconds: 1,
  imagesPerSecond: 10,
  learningRate: 0.001,
});

const progress = (epoch: number, step: number) =>
  ({
    type: 'progress',
    epoch,
    epochs: 3,
    step,
    steps: 4,
    trainLoss: 1 / step,
    imagesPerSecond: 10,
    secondsLeft: 5,
  }) as const;

const epoch = (number: number) => ({ type: 'epoch', isBest: true, record: record(number) }) as const;

/** Several runs of the same task, one after another, of one epoch each. */
function runOften(times: number): { earlier: readonly TrainingRun[]; run: TrainingRun } {
  let [earlier, run]: [readonly TrainingRun[], TrainingRun] = [[], IDLE];
  for (let i = 0; i < times; i++) {
    const others = kept(earlier, run);
    run = afterEvent(started(task, [...earlier, run]), epoch(1));
    earlier = others;
  }
  return { earlier, run };
}

test('a run is named after its network and its learning rate, unlike the others', () => {
  const { earlier, run } = runOften(3);
  expect([...earlier, run].map(({ id, name }) => [id, name])).toEqual([
    [1, 'mlp, learning rate 0.001'],
    [2, 'mlp, learning rate 0.001 (2)'],
    [3, 'mlp, learning rate 0.001 (3)'],
  ]);
});

test('the latest runs with a complete epoch are kept', () => {
  const { earlier, run } = runOften(MAX_RUNS + 5);
  expect([...earlier, run].map(({ id }) => id)).toEqual(Array.from({ length: MAX_RUNS }, (_, i) => i + 6));
  expect(kept([], afterEvent(started(task, []), progress(1, 1)))).toEqual([]);
});

test('a run that is replaced while it trains is paused, and cannot be continued', () => {
  const state = { epochs: [record(1)], batches: 4, tensors: new Map(), streams: new Map() };
  const [run] = kept([], { ...afterEvent(started(task, []), epoch(1)), state });
  expect(run).toMatchObject({ phase: 'paused', state: undefined });
});

test('a run continues from its last complete epoch', () => {
  const events = [progress(1, 2), progress(1, 4), epoch(1), progress(2, 2)];
  const state = { epochs: [record(1)], batches: 4, tensors: new Map(), streams: new Map() };
  const run = { ...events.reduce(afterEvent, started(task, [])), state };
  expect(run).toMatchObject({ phase: 'running', epochs: [record(1)] });
  expect(run.losses.map(({ epoch: position }) => position)).toEqual([0.5, 1, 1.5]);
  const from = continued(run);
  expect(from).toMatchObject({ phase: 'starting', epochs: [record(1)] });
  expect(from.losses.map(({ epoch: position }) => position)).toEqual([0.5, 1]);
});

test('a run that is held remains so after the batches that were under way, and is paused after a reload', () => {
  const state = { epochs: [record(1)], batches: 4, tensors: new Map(), streams: new Map() };
  const events = [progress(1, 4), epoch(1), progress(2, 2)];
  const running: TrainingRun = { ...events.reduce(afterEvent, started(task, [])), state };
  const held = afterEvent({ ...running, phase: 'held' }, progress(2, 3));
  expect([held.phase, isActive(held), held.losses.length]).toEqual(['held', true, 3]);
  expect(restored(held)).toMatchObject({ phase: 'paused', epochs: [record(1)], losses: [{ epoch: 1 }] });
  expect(restored(running)).toBe(running);
});

test('after its last epoch, a run is scored', () => {
  expect([epoch(1), epoch(2)].reduce(afterEvent, started(task, [])).phase).toBe('running');
  expect([epoch(1), epoch(2), epoch(3)].reduce(afterEvent, started(task, [])).phase).toBe('scoring');
});

test('until the first step, the images are counted that the pretrained layers have seen', () => {
  const looking = afterEvent(started(task, []), { type: 'features', done: 3, total: 10 });
  expect(looking.features).toEqual({ done: 3, total: 10 });
  expect(afterEvent(looking, progress(1, 1)).features).toBeUndefined();
  expect(continued(looking).features).toBeUndefined();
});

test('a run remembers its device, and continues when its GPU has failed, but not when its loss is infinite', () => {
  const line = 'Device: GPU A, 10 images/s; CPU (1 thread): 5 images/s.';
  const chosen = afterEvent(started(task, []), { type: 'notice', text: line });
  expect(afterEvent(chosen, { type: 'notice', text: 'other' })).toBe(chosen);
  const running = begun(chosen, { threads: 1, simd: undefined, device: { kind: 'gpu', adapter: 'A' } });
  const state = { epochs: [record(1)], batches: 4, tensors: new Map(), streams: new Map() };
  const failed: TrainingRun = { ...running, phase: 'failed', error: 'the GPU was removed', state };
  expect(canContinue(failed)).toBe(true);
  expect(canContinue({ ...failed, state: undefined })).toBe(false);
  expect(canContinue({ ...failed, engine: { threads: 2, simd: 'fma' } })).toBe(false);
  expect(begun(continued(failed), { threads: 2, simd: 'fma' })).toMatchObject({
    device: line,
    error: undefined,
    phase: 'running',
    engine: { threads: 2, device: { kind: 'gpu' } },
  });
});
