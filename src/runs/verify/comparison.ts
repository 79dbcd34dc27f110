import type { SavedModel } from '../../interop/checkpoint.js';
import type { EpochRecord } from '../../train/epochRecord.js';
import type { Progress } from '../../train/events.js';
import type { TrainingState } from '../../train/state/trainingState.js';
import { EVENTS_FILE, RESUME_FILE } from '../runFiles.js';
import { asJson, firstDifference, type ValueDifference } from './firstDifference.js';
import type { SavedEpoch } from './recordedEvents.js';
import type { RecordedRun } from './recordedRun.js';
import { tensorDifference } from './tensorDifference.js';
import { hashOfState } from './trainingHashes.js';
import type { Difference, Verification } from './verification.js';

type Located = Omit<Difference, 'reasons'>;

/** A difference whose reasons are not known yet. */
export type FoundDifference = Located & {
  /** Whether the state of the training after the epoch is the same nevertheless. */
  readonly isStateSame: boolean;
};

/** The numbers of an epoch that do not depend on the speed. */
const EPOCH_NUMBERS = [
  'trainLoss',
  'trainAccuracy',
  'validationLoss',
  'validationAccuracy',
  'learningRate',
] as const satisfies readonly (keyof EpochRecord)[];

type Counts = { -readonly [Name in 'losses' | 'states']: Verification['compared'][Name] };

/** Compares a training with the record of the one that it repeats, and finds the first difference. */
export class Comparison {
  readonly compared: Counts = { losses: 0, states: 0 };
  /** Files of weights that were compared. */
  readonly weights: string[] = [];
  #difference: FoundDifference | undefined;
  #loss: Located | undefined;
  #state: TrainingState | undefined;
  /** After the last epoch that was compared. */
  #isStateSame = false;
  readonly #run: RecordedRun;
  readonly #comparesLosses: boolean;

  constructor(run: RecordedRun) {
    this.#run = run;
    // The losses of the last layer, which is trained alone first, are recorded in the same way.
    this.#comparesLosses = run.config.fineTune === undefined;
  }

  /** The first difference, once the epoch in which it occurs has ended. */
  get difference(): FoundDifference | undefined {
    return this.#difference;
  }

  /** How many steps there are until the next one after which the loss was recorded; undefined if there is none in the epoch. */
  stepsUntilRecorded({ epoch, step }: Pick<Progress, 'epoch' | 'step'>): number | undefined {
    if (!this.#comparesLosses) return undefined;
    const steps = [...(this.#run.events.losses.get(epoch)?.keys() ?? [])].filter((each) => each > step);
    return steps.length === 0 ? undefined : Math.min(...steps) - step;
  }

  addProgress({ epoch, step, steps, trainLoss }: Progress): void {
    const recorded = this.#comparesLosses ? this.#run.events.losses.get(epoch)?.get(step) : undefined;
    if (recorded === undefined) return;
    this.compared.losses++;
    if (this.#loss !== undefined || Object.is(recorded, trainLoss)) return;
    const difference = { path: 'trainLoss', recorded, repeated: trainLoss };
    this.#loss = located(`epoch ${epoch}, step ${step} of ${steps}`, EVENTS_FILE, difference);
  }

  addState(state: TrainingState): void {
    this.#state = state;
  }

  addEpoch(record: EpochRecord): void {
    const stateDifference = this.#compareState(record.epoch);
    this.#add(this.#loss ?? this.#compareNumbers(record) ?? stateDifference);
  }

  /** Compares weights with a file of the run, if it has those of this epoch. */
  addWeights(file: string, epoch: number, { weights }: Pick<SavedModel, 'weights'>): void {
    const recorded = this.#run.weights.find((each) => each.file === file && each.epoch === epoch);
    if (recorded === undefined) return;
    this.weights.push(file);
    const difference = tensorDifference(recorded.weights, weights);
    this.#add(difference && located(`epoch ${epoch}`, file, difference));
  }

  /** Compares a part of a record that follows from the training, by computations that versions of Inkling may do differently. */
  addResult(where: string, file: string, recorded: object, repeated: object): void {
    const difference = firstDifference(recorded, repeated);
    this.#isStateSame = false;
    this.#add(difference && located(where, file, difference));
  }

  #add(found: Located | undefined): void {
    if (found !== undefined) this.#difference ??= { ...found, isStateSame: this.#isStateSame };
  }

  #compareNumbers(record: EpochRecord): Located | undefined {
    for (const { file, records } of this.#run.epochs) {
      const recorded = records.find(({ epoch }) => epoch === record.epoch);
      const difference = recorded && firstDifference(numbersOf(recorded), asJson(record));
      if (difference !== undefined) return located(`epoch ${record.epoch}`, file, difference);
    }
    return undefined;
  }

  /** Compares the state after an epoch with its hash in the event log, and with the state that the run saved, if it is of this epoch. */
  #compareState(epoch: number): Located | undefined {
    const { events, training } = this.#run;
    const recordedHash = events.states.get(epoch);
    const saved = training?.state.epochs.length === epoch ? training.state : undefined;
    this.#isStateSame = false;
    if (this.#state === undefined || (recordedHash ?? saved) === undefined) return undefined;
    this.compared.states++;
    const { tensors, streams } = this.#state;
    const hash = recordedHash === undefined ? undefined : hashOfState(this.#state);
    const inFile =
      saved && (tensorDifference(saved.tensors, tensors) ?? tensorDifference(saved.streams, streams));
    const inLog =
      recordedHash === hash ? undefined : { path: 'state', recorded: recordedHash, repeated: hash };
    this.#isStateSame = (saved !== undefined && !inFile) || (recordedHash !== undefined && !inLog);
    if (inFile) return located(`epoch ${epoch}`, RESUME_FILE, inFile);
    return inLog && located(`epoch ${epoch}`, EVENTS_FILE, inLog);
  }
}

function numbersOf(record: SavedEpoch): object {
  return Object.fromEntries(EPOCH_NUMBERS.map((name) => [name, record[name]]));
}

function located(where: string, file: string, { path, recorded, repeated }: ValueDifference): Located {
  return { where, file, what: path, recorded: formatValue(recorded), repeated: formatValue(repeated) };
}

/** With all digits. */
function formatValue(value: unknown): string {
  if (value === undefined) return 'no value';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
