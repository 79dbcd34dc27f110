import type { Random } from '../core/random.js';
import type { Dataset, ImageSet } from '../data/dataset.js';
import { splitOf } from '../data/split.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import { initialWeights, type Weights } from '../models/weights.js';
import type { Simd } from '../platform/node.js';
import { hardwareThreads } from '../platform/node.js';
import { averageViews } from '../predict/averageViews.js';
import { type ViewSettings, viewsOf } from '../predict/views.js';
import { parseConfig, type PartialConfig } from './config.js';
import type { EpochRecord } from './epochRecord.js';
import type { TrainingEvent } from './events.js';
import type { Backbone } from './fineTune.js';
import { lossOf } from './loss.js';
import { type ClassificationMetrics, metricsOf } from './metrics.js';
import { optimizerOf } from './optimizers.js';
import { learningRates } from './schedules.js';
import { checkFit, type Scores, Session } from './session.js';
import { restoreStreams, saveStreams, startStreams } from './streams.js';
import { bestOf, train, type Training } from './trainer.js';
import type { TrainingState } from './trainingState.js';

/** The settings that bear on the numbers; defaults are the report's. */
export type FitSettings = Omit<PartialConfig, 'model' | 'dataset' | 'dataDir' | 'runDir' | 'name'>;

export interface FitHooks {
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Called with the best weights so far after an epoch that reached them, and with the last ones at the end. */
  readonly onCheckpoint?: (which: 'best' | 'last', saved: SavedModel) => void;
  /** Called after each epoch with all that training needs to go on behind it. */
  readonly onState?: (state: TrainingState) => void;
  /** Called once the workers are there. */
  readonly onStart?: (engine: { readonly threads: number; readonly simd: Simd }) => void;
  /** Ends training after the steps under way, without a test score. */
  readonly signal?: AbortSignal | undefined;
}

/** Where training starts, if not from weights of its own. */
export interface FitStart {
  /** Weights of some or all parameters in place of the initial ones, as training on other data left them. */
  readonly backbone?: Pick<Backbone, 'weights' | 'batches'> | undefined;
  /** Goes on behind the epochs of an earlier training with the same settings, of which there may be more. */
  readonly resume?: { readonly state: TrainingState; readonly best: SavedModel };
}

export interface Fitted {
  /** The network of the epoch that validated best; missing when training was stopped before the first was done. */
  readonly best: (SavedModel & { readonly epoch: EpochRecord }) | undefined;
  readonly epochs: readonly EpochRecord[];
  /** How the best network does on the test images; missing when training was stopped. */
  readonly test: ClassificationMetrics | undefined;
  /** The class it predicts for each test image. */
  readonly predictions: Int32Array | undefined;
  /** `early` when patience ended before the epochs did. */
  readonly stopReason: Training['stopReason'];
}

/**
 * Trains a model from its initial weights: validation chooses the epoch, then the test images are scored, once.
 *
 * @throws {DivergedError} when the loss becomes infinite or not a number
 * @throws {InklingError} when model and data set do not fit together
 */
export async function fit(
  model: Model,
  dataset: Dataset,
  settings: FitSettings = {},
  hooks: FitHooks = {},
  { backbone, resume }: FitStart = {},
): Promise<Fitted> {
  const config = parseConfig(settings);
  const parts = splitOf(dataset, config.splitSeed);
  const labels = Uint8Array.from(parts.train, (image) => dataset.train.labels[image]);
  const streams = resume ? restoreStreams(resume.state.streams) : startStreams(config.seed);
  const resolved = resolveModel(model);
  const session = await Session.start({
    model: resolved,
    dataset,
    batchSize: config.batchSize,
    threads: config.threads ?? hardwareThreads(),
    optimizer: optimizerOf(config),
    loss: lossOf(config, labels, dataset.classes.length),
    augmentation: config.augment,
    freeze: config.freeze,
    averages: config.emaDecay !== undefined,
  });
  try {
    hooks.onStart?.(session);
    if (resume) session.setState(resume.state.tensors);
    else await initialize(session, resolved, streams.batches, backbone?.weights);
    const steps = Math.ceil(parts.train.length / config.batchSize);
    const done = [...(resume?.state.epochs ?? [])];
    const bestDone = bestOf(done);
    const batchesBefore =
      resume && bestDone
        ? resume.best.batches - bestDone.epoch * steps
        : (backbone?.batches ?? (model.probesWithZeros === true ? 1 : 0));
    const save = (weights: Weights, epochs: number): SavedModel => ({
      model,
      weights,
      classes: dataset.classes,
      dataset: dataset.name,
      ...(dataset.imageFiles && { inputKind: 'image' }),
      batches: batchesBefore + epochs * steps,
    });

    let best: Fitted['best'] = resume && bestDone && { ...resume.best, epoch: bestDone };
    const { epochs, stopReason } = await train(
      session,
      {
        epochs: config.epochs,
        done: [...done],
        batchSize: config.batchSize,
        learningRateOf: learningRates(config, steps),
        emaDecay: config.emaDecay,
        patience: config.patience,
        split: parts,
        labels: dataset.train.labels,
        classes: dataset.classes.length,
        generator: streams.batches,
        dropoutGenerator: streams.dropout,
        augmentGenerator: streams.augment,
        signal: hooks.signal,
      },
      {
        onEvent(event) {
          if (event.type === 'epoch') {
            done.push(event.record);
            hooks.onState?.({ epochs: [...done], tensors: session.state(), streams: saveStreams(streams) });
          }
          hooks.onEvent?.(event);
        },
        onBest(epoch) {
          best = { ...save(session.weights(), epoch.epoch), epoch };
          hooks.onCheckpoint?.('best', best);
        },
      },
    );
    hooks.onCheckpoint?.('last', save(session.weights(), epochs.length));
    if (best === undefined || stopReason === 'interrupted') {
      return { best, epochs, test: undefined, predictions: undefined, stopReason };
    }
    session.setWeights(best.weights);
    const scores = config.tta
      ? await scoreViews(best, dataset.test, config.tta, {
          threads: session.threads,
          batchSize: config.batchSize,
        })
      : await scoreTest(session, dataset.train, dataset.test);
    const test = metricsOf(scores, dataset.test.labels, dataset.classes.length);
    return { best, epochs, test, predictions: scores.predictions, stopReason };
  } finally {
    await session.close();
  }
}

/**
 * How a saved network does on labelled images.
 *
 * @throws {InklingError} when the network does not fit the data set
 */
export async function evaluate(
  saved: SavedModel,
  dataset: Dataset,
  options: ScoringOptions = {},
): Promise<ClassificationMetrics> {
  const scores = await scoreSaved(saved, dataset, options);
  return metricsOf(scores, dataset.test.labels, dataset.classes.length);
}

/** How many threads score, how many images at a time, and on which views of them. */
export interface ScoringOptions {
  readonly threads?: number;
  readonly batchSize?: number;
  readonly tta?: ViewSettings | undefined;
}

/**
 * What a saved network answers to a data set's test images.
 *
 * @throws {InklingError} when the network does not fit the data set
 */
export async function scoreSaved(
  saved: SavedModel,
  dataset: Dataset,
  { threads = hardwareThreads(), batchSize = 64, tta }: ScoringOptions = {},
): Promise<Scores> {
  const resolved = resolveModel(saved.model);
  if (tta) {
    checkFit(resolved, dataset);
    return scoreViews(saved, dataset.test, tta, { threads, batchSize });
  }
  const empty: ImageSet = { images: new Uint8Array(), labels: new Uint8Array() };
  const session = await Session.start({
    model: resolved,
    dataset: { ...dataset, train: empty },
    batchSize,
    threads,
    optimizer: { type: 'sgd', momentum: 0 },
  });
  try {
    session.setWeights(saved.weights);
    return await scoreTest(session, empty, dataset.test);
  } finally {
    await session.close();
  }
}

/**
 * Weights as PyTorch draws them for this seed, running statistics included.
 *
 * @param given weights in place of some of them, or all; they are drawn all the same
 */
export async function initialize(
  session: Session,
  resolved: ResolvedModel,
  generator: Random,
  given?: Weights,
): Promise<void> {
  const drawn = initialWeights(resolved, generator);
  session.setWeights(given ? new Map([...drawn, ...given]) : drawn);
  if (resolved.model.probesWithZeros === true && given === undefined) await session.probe();
}

/** Scores images on the mean of several views of each. */
async function scoreViews(
  saved: SavedModel,
  { images, labels }: ImageSet,
  tta: ViewSettings,
  options: { readonly threads: number; readonly batchSize: number },
): Promise<Scores> {
  const probabilities = await averageViews(saved, images, viewsOf(tta, saved.model.input), options);
  const classes = probabilities.length / labels.length;
  const answers = Array.from(labels, (_, image) =>
    probabilities.subarray(image * classes, (image + 1) * classes),
  );
  return {
    losses: Float32Array.from(
      answers,
      (answer, image) => -Math.log(Math.max(answer[labels[image]], Number.MIN_VALUE)),
    ),
    predictions: Int32Array.from(answers, (answer) => answer.indexOf(Math.max(...answer))),
  };
}

/** Test images stand behind the training images. */
async function scoreTest(session: Session, train: ImageSet, test: ImageSet): Promise<Scores> {
  return session.score(Uint32Array.from(test.labels, (_, image) => train.labels.length + image));
}
