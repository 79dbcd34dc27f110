import { InklingError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { parseSpace } from '../space/parseSpace.js';
import type { Space } from '../space/space.js';
import type { Direction, Trial } from '../trial.js';
import {
  DIRECTIONS,
  isSeedRunKey,
  type JournalRecord,
  OPERATIONS,
  type SeedRun,
  seedRunSchema,
  type SweepDefinition,
  type SweepTest,
} from './records.js';
import { TrialReplay } from './trialReplay.js';

/** What the lines of a journal state. */
export interface SweepState {
  readonly name: string;
  readonly direction: Direction;
  readonly definition: SweepDefinition;
  readonly space: Space;
  /** By their numbers. */
  readonly trials: readonly Trial[];
  /** How many trials the sweep is to have. */
  readonly target: number;
  /** The runs of finalists with other seeds that have been started. */
  readonly seedRuns: readonly SeedRun[];
  /** Undefined until all trials have ended. */
  readonly test: SweepTest | undefined;
}

type Attributes = Partial<Pick<SweepState, 'definition' | 'target' | 'test'>>;

/** Applies the records of a journal, one after the other. */
export class Replay {
  #study: Pick<SweepState, 'name' | 'direction'> | undefined;
  #attributes: Attributes = {};
  /** Undefined until the journal states the space. */
  #trials: TrialReplay | undefined;
  #space: Space | undefined;
  readonly #seedRuns = new Map<string, SeedRun>();
  readonly #who: string;
  /** What the records so far state, whose list of trials grows; undefined if a record has changed anything else. */
  #state: SweepState | undefined;

  /**
   * @param who the journal, for error messages
   * @param space that its trials must have, unless the journal states it
   */
  constructor(who: string, space?: Space) {
    this.#who = who;
    if (space !== undefined) this.#trials = new TrialReplay(space, who);
  }

  /** @throws {InklingError} when the records before are missing that state what the sweep does */
  get state(): SweepState {
    this.#state ??= this.#stateOfRecords();
    return this.#state;
  }

  #stateOfRecords(): SweepState {
    const { definition, target, test } = this.#attributes;
    const [study, space, trials] = [this.#study, this.#space, this.#trials];
    if (
      study === undefined ||
      definition === undefined ||
      space === undefined ||
      trials === undefined ||
      target === undefined
    ) {
      throw this.#notOfSweep();
    }
    return {
      ...study,
      definition,
      space,
      target,
      test,
      trials: trials.trials,
      seedRuns: [...this.#seedRuns.values()],
    };
  }

  /** The numbers of the trials that Optuna has started, and that have not ended. */
  get foreignTrials(): readonly number[] {
    return this.#trials?.foreignTrials ?? [];
  }

  /**
   * @param record of this program, unless it states another worker
   * @throws {InklingError} when the record contradicts those before
   */
  apply(record: JournalRecord): void {
    if ('study_id' in record && record.op_code !== OPERATIONS.createTrial) this.#state = undefined;
    if (record.op_code === OPERATIONS.createStudy) {
      this.#createStudy(record.study_name, record.directions[0]);
    } else if (record.op_code === OPERATIONS.setStudyAttribute) {
      const { definition, trials: target, test } = record.user_attr;
      if (definition !== undefined) this.#define(definition);
      if (target !== undefined) this.#attributes = { ...this.#attributes, target };
      if (test !== undefined) this.#attributes = { ...this.#attributes, test };
      this.#setSeedRuns(record.user_attr);
    } else if (record.op_code === OPERATIONS.createTrial) {
      this.#known.create(record);
    } else if ('trial_id' in record) {
      this.#known.change(record);
    }
  }

  get #known(): TrialReplay {
    if (this.#trials === undefined) throw this.#notOfSweep();
    return this.#trials;
  }

  #define(definition: SweepDefinition): void {
    this.#attributes = { ...this.#attributes, definition };
    this.#space = parseSpace(definition.space, this.#who);
    this.#trials = new TrialReplay(this.#space, this.#who);
  }

  #notOfSweep(): InklingError {
    return new InklingError(
      `${this.#who}: expected the journal of a sweep, got one that does not state its definition; another program wrote it`,
    );
  }

  #createStudy(name: string, direction: number): void {
    if (this.#study !== undefined) {
      throw new InklingError(
        `${this.#who}: expected one study, got another named "${name}"; another program wrote it`,
      );
    }
    this.#study = { name, direction: direction === DIRECTIONS.maximize ? 'maximize' : 'minimize' };
  }

  #setSeedRuns(attributes: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      if (isSeedRunKey(key)) this.#seedRuns.set(key, validate(seedRunSchema, value, `${this.#who}: ${key}`));
    }
  }
}
