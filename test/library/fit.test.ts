import { describe, expect, test, vi } from 'vitest';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import { fit } from '#inkling/library/fit.js';
import { preset } from '#inkling/models/presets.js';
import type { TrainingEvent } from '#inkling/train/events.js';
import { trainAndScore } from '#inkling/train/trainAndScore.js';
import { stripes } from '../helpers/stripes.js';

const dataset = stripes({ train: 100, test: 30 });
const model = preset('mlp', { input: dataset.shape, classes: 3 });
const settings = { epochs: 3, batchSize: 16, threads: 1 };

const epochsOf = (events: readonly TrainingEvent[]) =>
  events.flatMap((event) => (event.type === 'epoch' ? [event.record.epoch] : []));

test('a training is a promise of its result and an iterable of its events', async () => {
  const [heard, read]: [TrainingEvent[], TrainingEvent[]] = [[], []];
  const training = fit({ model, dataset, settings, onEvent: (event) => heard.push(event) });
  expect(training.engine).toBeUndefined();
  for await (const event of training) read.push(event);
  expect(epochsOf(read)).toEqual([1, 2, 3]);
  expect(epochsOf(heard)).toEqual([1, 2, 3]);
  expect(training.engine).toMatchObject({ threads: 1, limitation: undefined });
  const { best, test: metrics, stopReason } = await training;
  const expected = await trainAndScore({ model, dataset, settings });
  expect(stopReason).toBe('completed');
  expect(best?.weights).toEqual(expected.best?.weights);
  expect(metrics).toEqual(expected.test);
  expect(best?.calibration).toEqual(expected.best?.calibration);
  expect(best?.calibration).toBeDefined();
});

test('two trainings run at the same time', async () => {
  const [first, second] = await Promise.all([
    fit({ model, dataset, settings }),
    fit({ model, dataset, settings: { ...settings, seed: 1 } }),
  ]);
  const [alone, other] = [
    await fit({ model, dataset, settings }),
    await fit({ model, dataset, settings: { ...settings, seed: 1 } }),
  ];
  expect([first.best?.weights, second.best?.weights]).toEqual([alone.best?.weights, other.best?.weights]);
});

test('an aborted training ends with what it has reached', async () => {
  const abort = new AbortController();
  const training = fit({ model, dataset, settings: { ...settings, epochs: 1000 }, signal: abort.signal });
  for await (const event of training) if (event.type === 'epoch') abort.abort();
  const { stopReason, epochs, test: metrics } = await training;
  expect(stopReason).toBe('interrupted');
  expect(epochs.length).toBeGreaterThan(0);
  expect(metrics).toBeUndefined();
});

test('a training can be held at any step, without effect on its result', async () => {
  const steps: number[] = [];
  let release: (() => void) | undefined;
  const training = fit({
    model,
    dataset,
    settings,
    onEvent: (event) => event.type === 'progress' && steps.push(event.step),
    beforeSteps: () =>
      new Promise((resolve) => {
        release = () => {
          resolve(1);
        };
      }),
  });
  // 90 training images in batches of 16.
  const expected = [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6];
  for (const position of expected.keys()) {
    const pass = await vi.waitUntil(() => release);
    expect(steps).toEqual(expected.slice(0, position));
    release = undefined;
    pass();
  }
  expect((await training).best?.weights).toEqual((await fit({ model, dataset, settings })).best?.weights);
  expect(steps).toEqual(expected);
});

test('a training that is held can be interrupted', async () => {
  const abort = new AbortController();
  const beforeSteps = () => {
    abort.abort();
    return Promise.resolve(undefined);
  };
  const { stopReason, epochs } = await fit({ model, dataset, settings, signal: abort.signal, beforeSteps });
  expect([stopReason, epochs]).toEqual(['interrupted', []]);
});

describe('a training that fails', () => {
  const failing = () => fit({ model, dataset: { ...dataset, shape: [4, 16, 1] }, settings });

  test('rejects', async () => {
    await expect(failing()).rejects.toThrow(InklingError);
  });

  test('ends the iteration with its error', async () => {
    const read = async () => {
      for await (const event of failing()) expect(event).toBeUndefined();
    };
    await expect(read()).rejects.toThrow(InklingError);
  });
});

test('rejects a misspelled option', () => {
  expect(() => fit({ model, dataset, setings: {} } as never)).toThrow(
    /^fit: unknown option "setings" \(did you mean "settings"\?\); expected model, dataset, settings, /,
  );
});

test.each([undefined, {}, { model }, { model: 'mlp', dataset }, { model, dataset: 'mnist' }])(
  'needs a model and a data set: %#',
  (options) => {
    const start = () => fit(options as never);
    expect(start).toThrow(UsageError);
    expect(start).toThrow(
      /^fit: (model: expected a model|dataset: expected a data set|expected options), such as .*, got .*$/,
    );
  },
);
