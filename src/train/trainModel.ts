import type { Random } from '../core/random.js';
import { unlessAborted } from '../core/unlessAborted.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { ResolvedModel } from '../models/resolved.js';
import { initialWeights, type Weights } from '../models/weights.js';
import { type Simd, threadsUnavailable } from '../platform/host.js';
import type { EpochRecord } from './epochRecord.js';
import type { FeatureProgress, TrainingEvent } from './events.js';
import { computeFeatures, type FeatureCache } from './features/computeFeatures.js';
import { fixedLayersOf } from './features/fixedLayers.js';
import { trainableOf } from './features/trainable.js';
import { allButHead, HEAD_EPOCHS } from './fineTune.js';
import { lossOf } from './loss.js';
import { optimizerOf } from './optimization/optimizers.js';
import { learningRates } from './optimization/learningRates.js';
import { Session } from './session.js';
import { restoreStreams, saveStreams, startStreams, type Streams } from './state/streams.js';
import type { TrainingTask } from './task.js';
import { type TrainingOptions } from './trainEpoch.js';
import { batchCounter, type BestModel, modelDefinitionOf, resumedBest } from './state/snapshots.js';
import { train, type TrainingSummary } from './trainer.js';
import type { TrainingStart } from './state/trainingStart.js';
import type { TrainingState } from './state/trainingState.js';

/** What trains. */
export interface EngineInfo {
  readonly threads: number;
  /** Which build of the kernels runs: with fused multiply-add (relaxed SIMD), or SIMD only. */
  readonly simd: Simd;
  /** Why there is only one thread, if more are not available here. */
  readonly limitation?: string | undefined;
}

/** What a caller learns of a training run while it runs, and how it can stop it. */
export interface TrainingHooks {
  /** Called with every event, in order. */
  readonly onEvent?: (event: TrainingEvent) => void;
  /** Called after each epoch with everything that is needed to resume training. */
  readonly onState?: (state: TrainingState) => void;
  /**
   * Called after each epoch that improves the validation, after `onState`, and with the last model at the end. When training is
   * resumed after such an epoch, it is called first, as this may not have happened.
   */
  readonly onCheckpoint?: (which: 'best' | 'last', saved: SavedModel) => void;
  /** Called once the engine has started. */
  readonly onStart?: (engine: EngineInfo) => void;
  /** Keeps the features of the images for later training with the same frozen layers. */
  readonly featureCache?: FeatureCache | undefined;
  /** Interrupts training after the current steps. */
  readonly signal?: AbortSignal | undefined;
}

export interface TrainingResult extends TrainingSummary {
  /** The model of the epoch with the best validation; undefined if no epoch was completed. */
  readonly best: BestModel | undefined;
}

/**
 * Trains a model. The validation selects the epoch.
 *
 * @throws {DivergedError} when the loss becomes infinite or NaN
 */
export async function trainModel(
  task: TrainingTask,
  hooks: TrainingHooks = {},
  start: TrainingStart = {},
): Promise<TrainingResult> {
  const begun = await withTrainedHead(task, hooks, start);
  if (begun === undefined) return { epochs: [], stopReason: 'interrupted', best: undefined };
  return trainFrom(begun, task, hooks);
}

async function trainFrom(
  start: TrainingStart,
  task: TrainingTask,
  hooks: TrainingHooks,
): Promise<TrainingResult> {
  const fixedLayers = fixedLayersOf(task);
  const session = await startSession(task, fixedLayers);
  try {
    const { threads, simd } = session;
    hooks.onStart?.({ threads, simd, limitation: threadsUnavailable() });
    const streams = await initializeTraining(session, task, start);
    if (!(await setFeatures(session, task, fixedLayers, hooks))) {
      return { epochs: start.resume?.state.epochs ?? [], stopReason: 'interrupted', best: undefined };
    }
    return await trainWith(session, streams, task, hooks, start);
  } finally {
    await session.close();
  }
}

/** The settings with which a new last layer is trained before other layers are fine-tuned, whose weights its first updates would spoil. */
const HEAD_SETTINGS = {
  epochs: HEAD_EPOCHS,
  schedule: 'cosine',
  warmupEpochs: undefined,
  monitor: 'loss',
} as const;

/** Trains a new last layer, if layers before it are fine-tuned; undefined if that was interrupted. */
async function withTrainedHead(
  task: TrainingTask,
  { signal, onEvent, featureCache }: TrainingHooks,
  start: TrainingStart,
): Promise<TrainingStart | undefined> {
  const { model, config } = task;
  const { backbone, resume } = start;
  const isTrained = model.parameters.every(({ name }) => backbone?.weights.has(name) ?? false);
  if (config.fineTune === undefined || resume !== undefined || backbone === undefined || isTrained)
    return start;
  const headConfig = {
    ...config,
    ...HEAD_SETTINGS,
    fineTune: undefined,
    freeze: allButHead(model),
    augment: undefined,
  };
  const { best, stopReason } = await trainFrom(
    start,
    { ...task, config: headConfig },
    {
      signal,
      featureCache,
      onEvent: (event) => {
        if (event.type !== 'epoch') onEvent?.(event);
      },
    },
  );
  if (best === undefined || stopReason === 'interrupted') return undefined;
  return { backbone: { weights: best.weights, batches: backbone.batches } };
}

/**
 * Computes the features of the images, if the first layers are fixed.
 *
 * @returns false if that was interrupted
 */
async function setFeatures(
  session: Session,
  task: TrainingTask,
  fixedLayers: number,
  { signal, onEvent, featureCache }: TrainingHooks,
): Promise<boolean> {
  if (fixedLayers === 0) return true;
  const source = { task, weights: await session.weights(), fixedLayers, simd: session.simd };
  const onProgress = (progress: FeatureProgress) => onEvent?.({ type: 'features', ...progress });
  const options = { signal, onProgress, cache: featureCache };
  const features = await unlessAborted(signal, computeFeatures(source, options));
  if (features !== undefined) session.setFeatures(features);
  return features !== undefined;
}

function startSession(
  { model, dataset, config, split, threads }: TrainingTask,
  fixedLayers: number,
): Promise<Session> {
  const labels = Uint8Array.from(split.train, (image) => dataset.train.labels[image]);
  return Session.start({
    model,
    dataset,
    batchSize: config.batchSize,
    threads,
    optimizer: optimizerOf(config),
    loss: lossOf(config, labels, dataset.classes.length),
    augmentation: config.augment,
    trainable: trainableOf(model, config),
    fixedLayers,
    averages: config.emaDecay !== undefined,
  });
}

async function initializeTraining(
  session: Session,
  { model, config }: TrainingTask,
  { backbone, resume }: TrainingStart,
): Promise<Streams> {
  if (resume) {
    session.setState(resume.state.tensors);
    return restoreStreams(resume.state.streams);
  }
  const streams = startStreams(config.seed);
  await initializeWeights(session, model, streams.batches, backbone?.weights);
  return streams;
}

/**
 * Initializes a session's weights, including running statistics, as PyTorch does.
 *
 * @param given weights that replace some or all of them; their random numbers are drawn regardless
 */
export async function initializeWeights(
  session: Session,
  model: ResolvedModel,
  generator: Random,
  given?: Weights,
): Promise<void> {
  const drawn = initialWeights(model, generator);
  session.setWeights(given ? new Map([...drawn, ...given]) : drawn);
  if (model.model.probesWithZeros === true && given === undefined) await session.probe();
}

async function trainWith(
  session: Session,
  streams: Streams,
  task: TrainingTask,
  hooks: TrainingHooks,
  start: TrainingStart,
): Promise<TrainingResult> {
  const done = [...(start.resume?.state.epochs ?? [])];
  const batchesAfter = batchCounter(task, start);
  const snapshot = async (epochs: number): Promise<SavedModel> => ({
    ...modelDefinitionOf(task),
    weights: await session.weights(),
    batches: batchesAfter(epochs),
  });
  let best = await resumedBest(start, task.config, snapshot);
  if (best?.epoch.epoch === done.length) hooks.onCheckpoint?.('best', best);
  const summary = await train(session, optionsOf(task, streams, done, hooks.signal), {
    onEvent: (event) => hooks.onEvent?.(event),
    async onEpoch(epoch, isBest) {
      done.push(epoch);
      const batches = batchesAfter(epoch.epoch);
      // Before the best model: a model without the state of its epoch would be newer than what is resumed.
      if (hooks.onState !== undefined) {
        const tensors = await session.state();
        hooks.onState({ epochs: [...done], batches, tensors, streams: saveStreams(streams) });
      }
      if (!isBest) return;
      best = { ...(await snapshot(epoch.epoch)), epoch };
      hooks.onCheckpoint?.('best', best);
    },
  });
  hooks.onCheckpoint?.('last', await snapshot(summary.epochs.length));
  return { ...summary, best };
}

function optionsOf(
  { dataset, split, config }: TrainingTask,
  streams: Streams,
  done: readonly EpochRecord[],
  signal: AbortSignal | undefined,
): TrainingOptions {
  return {
    epochs: config.epochs,
    done: [...done],
    batchSize: config.batchSize,
    learningRateOf: learningRates(config, Math.ceil(split.train.length / config.batchSize)),
    emaDecay: config.emaDecay,
    monitor: config.monitor,
    patience: config.patience,
    sampling: config.sampling,
    split,
    labels: dataset.train.labels,
    classes: dataset.classes.length,
    generator: streams.batches,
    dropoutGenerator: streams.dropout,
    augmentGenerator: streams.augment,
    signal,
  };
}
