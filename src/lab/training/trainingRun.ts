import type {
  EngineInfo,
  EpochRecord,
  Model,
  SavedModel,
  TrainingEvent,
  TrainingState,
} from '#inkling/index.js';
import type { SplitExamples } from '../data/splitExamples.js';
import { text } from '../text/text.js';
import type { Pretrained } from '../network/pretrained/pretrained.js';
import type { LabSettings } from './settings.js';

/** What is trained. */
export interface Task {
  readonly model: Model;
  readonly dataset: SplitExamples;
  readonly settings: LabSettings;
  /** The network of which only the last layer is trained; undefined if all layers are. */
  readonly pretrained?: Pretrained | undefined;
}

/** A training that is held waits within an epoch; one that is paused continues from the last complete one. */
export const PHASES = ['idle', 'starting', 'running', 'held', 'paused', 'scoring', 'done', 'failed'] as const;

export type Phase = (typeof PHASES)[number];

/** A training, and what is known about it so far. */
export interface TrainingRun {
  /** Greater than those of all runs before; 0 before the first start. */
  readonly id: number;
  /** Its network and learning rate, different from the names of the runs that are kept; empty before the first start. */
  readonly name: string;
  readonly phase: Phase;
  /** Undefined before the first start. */
  readonly task?: Task;
  readonly engine?: EngineInfo;
  /** Which device trains, and why, in the words of the library; undefined if there was no choice. */
  readonly device?: string;
  /** Of how many images the outputs of the layers that stay as they are have been computed; undefined when all have. */
  readonly features?: { readonly done: number; readonly total: number } | undefined;
  /** The mean loss of the current epoch so far, at many points. */
  readonly losses: readonly LossPoint[];
  readonly epochs: readonly EpochRecord[];
  readonly imagesPerSecond?: number;
  readonly secondsLeft?: number;
  /** The model of the best epoch so far. */
  readonly best?: SavedModel;
  /** For continuing. */
  readonly state?: TrainingState | undefined;
  readonly error?: string | undefined;
  /** Whether charts leave it out while another run is the current one. */
  readonly isHidden?: boolean;
}

interface LossPoint {
  /** A fraction within an epoch: 1.5 is the middle of the second. */
  readonly epoch: number;
  readonly loss: number;
}

export const IDLE: TrainingRun = { id: 0, name: '', phase: 'idle', losses: [], epochs: [] };

/** More runs than these are not kept, including the current one. */
export const MAX_RUNS = 10;

/** More points than a chart has pixels are not drawn. */
const MAX_POINTS = 600;

/** A run that starts, after others. */
export function started(task: Task, others: readonly TrainingRun[]): TrainingRun {
  const id = Math.max(0, ...others.map((other) => other.id)) + 1;
  const name = text.training.runName(task.model.name, task.settings.learningRate);
  const isTaken = (candidate: string) => others.some((other) => other.name === candidate);
  let free = name;
  for (let n = 2; isTaken(free); n++) free = text.training.sameRunName(name, n);
  return { ...IDLE, id, name: free, phase: 'starting', task };
}

/** The earlier runs that are kept when another one starts: those with results, without what only continuing them would need. */
export function kept(earlier: readonly TrainingRun[], run: TrainingRun): readonly TrainingRun[] {
  if (run.epochs.length === 0) return earlier;
  const phase = isActive(run) ? 'paused' : run.phase;
  return [...earlier, { ...run, phase, state: undefined }].slice(1 - MAX_RUNS);
}

/** Whether it is being trained. */
export function isActive({ phase }: TrainingRun): boolean {
  return phase === 'starting' || phase === 'running' || phase === 'held' || phase === 'scoring';
}

/** Whether it can continue after its last complete epoch: also one whose GPU has failed. */
export function canContinue({ phase, state, engine }: TrainingRun): boolean {
  const isStopped = phase === 'paused' || (phase === 'failed' && engine?.device?.kind === 'gpu');
  return isStopped && state !== undefined;
}

/** A run whose steps begin; the device of one that continues remains known. */
export function begun(run: TrainingRun, engine: EngineInfo): TrainingRun {
  return { ...run, phase: 'running', engine: { ...engine, device: engine.device ?? run.engine?.device } };
}

/** A run after an event of its training. */
export function afterEvent(run: TrainingRun, event: TrainingEvent): TrainingRun {
  const phase = run.phase === 'held' ? 'held' : 'running';
  if (event.type === 'progress') {
    const { epoch, step, steps, trainLoss: loss, imagesPerSecond, secondsLeft } = event;
    const losses = [...run.losses, { epoch: epoch - 1 + step / steps, loss }];
    return { ...run, phase, features: undefined, losses: thinOut(losses), imagesPerSecond, secondsLeft };
  }
  if (event.type === 'features') return { ...run, features: { done: event.done, total: event.total } };
  // The other notices are about settings that the lab does not have.
  if (event.type === 'notice' && event.text.startsWith('Device: ')) return { ...run, device: event.text };
  if (event.type !== 'epoch') return run;
  const epochs = [...run.epochs, event.record];
  const isLast = epochs.length === run.task?.settings.epochs;
  return { ...run, epochs, phase: isLast ? 'scoring' : phase };
}

/** A run that continues from its last complete epoch. */
export function continued(run: TrainingRun): TrainingRun {
  const epochs = run.state?.epochs ?? [];
  return {
    ...run,
    phase: 'starting',
    error: undefined,
    features: undefined,
    epochs,
    losses: run.losses.filter(({ epoch }) => epoch <= epochs.length),
  };
}

/** A run that was kept on the device: of one that was held, the steps of the current epoch are lost. */
export function restored(run: TrainingRun): TrainingRun {
  return run.phase === 'held' ? { ...continued(run), phase: 'paused' } : run;
}

/** A run from a file: one that was being trained is paused after its last complete epoch. */
export function opened(run: TrainingRun): TrainingRun {
  return isActive(run) ? { ...continued(run), phase: 'paused' } : run;
}

/** The epoch with the highest validation accuracy, the first of several; undefined before the first has ended. */
export function bestEpoch({ epochs }: TrainingRun): EpochRecord | undefined {
  return epochs.reduce<EpochRecord | undefined>(
    (best, each) => (best && best.validationAccuracy >= each.validationAccuracy ? best : each),
    undefined,
  );
}

/** Every second point, if there are too many. */
function thinOut(points: readonly LossPoint[]): readonly LossPoint[] {
  return points.length <= MAX_POINTS ? points : points.filter((_, i) => i % 2 === 1);
}
