import { InklingError } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { decodeValue, type Value } from '../space/distribution.js';
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
  STATES,
  type SweepDefinition,
  type SweepTest,
} from './records.js';

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

type Attributes = Partial<Pick<SweepState, 'definition' | 'space' | 'target' | 'test'>>;

/** Applies the records of a journal, one after the other. */
export class Replay {
  #study: Pick<SweepState, 'name' | 'direction'> | undefined;
  #attributes: Attributes = {};
  readonly #trials: Trial[] = [];
  readonly #seedRuns = new Map<string, SeedRun>();
  readonly #who: string;

  /** @param who the journal, for error messages */
  constructor(who: string) {
    this.#who = who;
  }

  /** @throws {InklingError} when the records before are missing that state what the sweep does */
  get state(): SweepState {
    const { definition, space, target, test } = this.#attributes;
    if (
      this.#study === undefined ||
      definition === undefined ||
      space === undefined ||
      target === undefined
    ) {
      throw new InklingError(
        `${this.#who}: expected the journal of a sweep, got one that does not state its definition; another program wrote it`,
      );
    }
    return {
      ...this.#study,
      definition,
      space,
      target,
      test,
      trials: this.#trials,
      seedRuns: [...this.#seedRuns.values()],
    };
  }

  /** @throws {InklingError} when the record contradicts those before */
  apply(record: JournalRecord): void {
    switch (record.op_code) {
      case OPERATIONS.createStudy:
        this.#createStudy(record.study_name, record.directions[0]);
        break;
      case OPERATIONS.setStudyAttribute: {
        const { definition, trials: target, test } = record.user_attr;
        if (definition !== undefined) {
          this.#attributes = {
            ...this.#attributes,
            definition,
            space: parseSpace(definition.space, this.#who),
          };
        }
        if (target !== undefined) this.#attributes = { ...this.#attributes, target };
        if (test !== undefined) this.#attributes = { ...this.#attributes, test };
        this.#setSeedRuns(record.user_attr);
        break;
      }
      case OPERATIONS.createTrial:
        this.#createTrial(record.params);
        break;
      case OPERATIONS.setIntermediateValue: {
        const { epochs } = this.#running(record.trial_id);
        this.#change(record.trial_id, {
          epochs: new Map([...epochs, [record.step, record.intermediate_value]]),
        });
        break;
      }
      case OPERATIONS.setTrialAttribute: {
        const { run, error } = record.user_attr;
        this.#change(record.trial_id, {
          ...(run !== undefined && { run }),
          ...(error !== undefined && { error }),
        });
        break;
      }
      case OPERATIONS.setState: {
        const state = stateNumbered(record.state);
        this.#change(record.trial_id, { state, value: record.values?.[0] });
        break;
      }
      default:
    }
  }

  #createStudy(name: string, direction: number): void {
    if (this.#study !== undefined) {
      throw new InklingError(
        `${this.#who}: expected one study, got another named "${name}"; another program wrote it`,
      );
    }
    this.#study = { name, direction: direction === DIRECTIONS.maximize ? 'maximize' : 'minimize' };
  }

  #createTrial(numbers: Readonly<Record<string, number>>): void {
    const params: Record<string, Value> = {};
    for (const { name, distribution } of this.state.space.parameters) {
      if (Object.hasOwn(numbers, name)) params[name] = decodeValue(distribution, numbers[name]);
    }
    const blank = { epochs: new Map<number, number>(), value: undefined, run: undefined, error: undefined };
    this.#trials.push({ number: this.#trials.length, params, state: 'running', ...blank });
  }

  #setSeedRuns(attributes: Readonly<Record<string, unknown>>): void {
    for (const [key, value] of Object.entries(attributes)) {
      if (isSeedRunKey(key)) this.#seedRuns.set(key, validate(seedRunSchema, value, `${this.#who}: ${key}`));
    }
  }

  #change(number: number, changes: Partial<Trial>): void {
    this.#trials[number] = { ...this.#running(number), ...changes };
  }

  /** A trial that has not ended. */
  #running(number: number): Trial {
    const trial = this.#trials.at(number);
    if (trial?.state === 'running') return trial;
    throw new InklingError(
      `${this.#who}: expected trial ${number} to be running, got ${trial === undefined ? 'no such trial' : trial.state}; the file was edited, or several programs wrote it`,
    );
  }
}

function stateNumbered(number: number): Trial['state'] {
  switch (number) {
    case STATES.complete:
      return 'complete';
    case STATES.pruned:
      return 'pruned';
    case STATES.failed:
      return 'failed';
    default:
      return 'running';
  }
}
