import { checkArguments } from '../core/arguments/checkArguments.js';
import { checkOptions, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import type { TrainingEvent } from '../train/events.js';
import type { FitOptions, FitResult } from '../train/trainAndScore.js';
import type { EngineInfo } from '../train/trainingHooks.js';
import { EventQueue } from './eventQueue.js';
import { runFit } from './runFit.js';

/** A training in progress: a promise of its result, and an async iterable of its events. */
export interface Training extends Promise<FitResult>, AsyncIterable<TrainingEvent> {
  /** Undefined until training has started. */
  readonly engine: EngineInfo | undefined;
}

/**
 * Trains a model from initial weights. Validation accuracy selects the epoch; its model is calibrated on the validation images and
 * scored once on the test images. The result is the same, bit for bit, in Node.js and in browsers, for any number of threads; with the setting
 * `device`, a GPU trains, whose bits only the same GPU repeats.
 *
 * The calling thread stays responsive: worker threads compute, one for each core. In a browser, training runs in a web worker, with
 * several threads if the page is cross-origin isolated; without, or where workers are not allowed, `engine.limitation` says why it uses
 * one. When the signal aborts, training ends after the current steps with the stop reason `interrupted`.
 *
 * @example
 * ```ts
 * const dataset = generateDigits({ seed: 0, train: 2000, test: 500 });
 * const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
 * const training = fit({ model, dataset, settings: { epochs: 2 } });
 * for await (const event of training) {
 *   if (event.type === 'epoch') console.log(event.record.validationAccuracy);
 * }
 * const { best, test } = await training;
 * ```
 * @throws {UsageError} at once, without a model or data set, or for an unknown option
 * @throws {DivergedError} when the loss becomes infinite or NaN
 * @throws {MachineError} when the machine fails, such as a GPU
 * @throws {InklingError} when model and data set do not fit together, or a class lacks images
 */
export function fit(options: FitOptions): Training {
  checkOptions('fit', options, OPTIONS, '{ model, dataset }');
  const { model, dataset } = options;
  checkArguments('fit', { model, dataset });
  const events = new EventQueue();
  let engine: EngineInfo | undefined;
  const result = runFit({
    ...options,
    onEvent(event) {
      events.add(event);
      options.onEvent?.(event);
    },
    onStart(started) {
      engine = started;
      options.onStart?.(started);
    },
  }).finally(() => {
    events.end();
  });
  return Object.defineProperties(result, {
    engine: { get: () => engine },
    [Symbol.asyncIterator]: {
      async *value() {
        // The error of a training whose events are read is thrown here.
        result.catch(() => undefined);
        yield* events;
        await result;
      },
    },
  }) as Training;
}

const OPTIONS: OptionKinds<FitOptions> = {
  model: kinds.anything,
  dataset: kinds.anything,
  settings: kinds.anything,
  backbone: kinds.object,
  resume: kinds.object,
  signal: kinds.signal,
  onStart: kinds.callback,
  onEvent: kinds.callback,
  onState: kinds.callback,
  onCheckpoint: kinds.callback,
  beforeSteps: kinds.callback,
};
