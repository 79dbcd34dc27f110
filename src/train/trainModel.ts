import type { Random } from '../core/random.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { ResolvedModel } from '../models/resolved.js';
import { initialWeights, type Weights } from '../models/weights.js';
import { threadsUnavailable } from '../platform/host.js';
import type { ChosenDevice } from './device/chosenDevice.js';
import type { StartedSession } from './device/startedSession.js';
import { startSession } from './device/startSession.js';
import type { EpochRecord } from './epochRecord.js';
import { fixedLayersOf } from './features/fixedLayers.js';
import { type KnownFeatures, setFeatures } from './features/setFeatures.js';
import { trainableOf } from './features/trainable.js';
import { allButHead, HEAD_SETTINGS } from './fineTune.js';
import { lossOf } from './loss.js';
import { optimizerOf } from './optimization/optimizers.js';
import { learningRates } from './optimization/learningRates.js';
import type { Session } from './session.js';
import { type CrossFitState, startCrossFit } from './state/crossFit.js';
import { restoreStreams, saveStreams, startStreams, type Streams } from './state/streams.js';
import type { TrainingTask } from './task.js';
import type { TrainingOptions } from './epoch/trainEpoch.js';
import { batchCounter, type BestModel, modelDefinitionOf, resumedBest } from './state/snapshots.js';
import { train, type TrainingSummary } from './trainer.js';
import type { TrainingStart } from './state/trainingStart.js';
import type { TrainingHooks } from './trainingHooks.js';
import { pickLabels } from '../data/classes.js';

export interface TrainingResult extends TrainingSummary {
  /** The model of the epoch with the best validation; undefined if no epoch was completed. */
  readonly best: BestModel | undefined;
  /** Undefined where every step computed all layers. */
  readonly features?: KnownFeatures | undefined;
  /** What calibrates the model; see `startCrossFit`. */
  readonly crossFit?: CrossFitState | undefined;
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
  const { session, device, text } = await startTraining(task, fixedLayers, start.resume?.device);
  try {
    if (text) hooks.onEvent?.({ type: 'notice', text });
    const { threads, simd } = session;
    hooks.onStart?.({ threads, simd, device, limitation: threadsUnavailable() });
    const streams = await initializeTraining(session, task, start);
    if (fixedLayers === 0) return await trainWith(session, streams, task, hooks, start);
    const features = await setFeatures(session, task, fixedLayers, hooks);
    if (features === undefined) {
      return { epochs: start.resume?.state.epochs ?? [], stopReason: 'interrupted', best: undefined };
    }
    return { ...(await trainWith(session, streams, task, hooks, start)), features };
  } finally {
    await session.close();
  }
}

/**
 * Trains a new last layer before others are fine-tuned, whose weights its first updates would spoil; undefined if that was interrupted.
 */
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
    // Its inputs are computed there.
    device: 'cpu' as const,
    warmupEpochs: undefined,
    fineTune: undefined,
    trainBatchNorm: undefined,
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

function startTraining(
  { model, dataset, config, split, threads }: TrainingTask,
  fixedLayers: number,
  before: ChosenDevice | undefined,
): Promise<StartedSession> {
  const labels = pickLabels(dataset.train.labels, split.train);
  const options = {
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
  };
  return startSession(options, { device: config.device, before });
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
  const crossFit = startCrossFit(task, start.resume?.state);
  let best = await resumedBest(start, task.config, snapshot);
  if (best?.epoch.epoch === done.length) hooks.onCheckpoint?.('best', best);
  const summary = await train(session, optionsOf(task, streams, done, hooks), {
    onEvent: (event) => hooks.onEvent?.(event),
    async onEpoch(epoch, isBest, scores) {
      done.push(epoch);
      crossFit?.add(scores);
      const batches = batchesAfter(epoch.epoch);
      // Before the best model: a model without the state of its epoch would be newer than what is resumed.
      if (hooks.onState !== undefined) {
        const tensors = await session.state();
        const state = { epochs: [...done], batches, tensors, streams: saveStreams(streams) };
        hooks.onState({ ...state, crossFit: crossFit?.state() });
      }
      if (!isBest) return;
      best = { ...(await snapshot(epoch.epoch)), epoch };
      hooks.onCheckpoint?.('best', best);
    },
  });
  hooks.onCheckpoint?.('last', await snapshot(summary.epochs.length));
  return { ...summary, best, crossFit: crossFit?.state() };
}

function optionsOf(
  { dataset, split, config }: TrainingTask,
  streams: Streams,
  done: readonly EpochRecord[],
  { signal, beforeSteps }: TrainingHooks,
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
    beforeSteps,
  };
}
