import { InklingError } from '../../core/errors.js';
import { decodeValue, type Value } from '../space/distribution.js';
import type { Params, Space } from '../space/space.js';
import type { Trial } from '../trial.js';
import { OptunaParameters } from './optunaParameters.js';
import { type JournalRecord, OPERATIONS, STATES, WORKER } from './records.js';

type CreateTrial = Extract<JournalRecord, { op_code: typeof OPERATIONS.createTrial }>;
/** A record about a trial. */
type ChangeTrial = Extract<JournalRecord, { readonly trial_id: number }>;

/** Applies the records of a journal that are about trials, of this program and of Optuna. */
export class TrialReplay {
  readonly trials: Trial[] = [];
  /** Those that Optuna has started. */
  readonly #foreign = new Set<number>();
  /** Those of them whose steps count from 0. */
  readonly #fromZero = new Set<number>();
  readonly #space: Space;
  readonly #parameters: OptunaParameters;
  readonly #who: string;

  /** @param who the journal, for error messages */
  constructor(space: Space, who: string) {
    this.#space = space;
    this.#parameters = new OptunaParameters(space, who);
    this.#who = who;
  }

  /** The numbers of those that Optuna has started, and that have not ended. */
  get foreignTrials(): readonly number[] {
    return [...this.#foreign].filter((number) => this.trials[number].state === 'running');
  }

  create(record: CreateTrial): void {
    const number = this.trials.length;
    const { params: numbers = {}, distributions = {}, user_attrs = {}, worker_id = WORKER } = record;
    const params: Record<string, Value> = {};
    if (worker_id === WORKER) {
      for (const { name, distribution } of this.#space.parameters) {
        if (Object.hasOwn(numbers, name)) params[name] = decodeValue(distribution, numbers[name]);
      }
    } else {
      this.#foreign.add(number);
      for (const [name, value] of Object.entries(numbers)) {
        params[name] = this.#parameters.decode(number, name, value, distributions[name] ?? '');
      }
    }
    const state = stateNumbered(record.state ?? STATES.running);
    this.trials.push({
      number,
      params: this.#paramsAtEnd(number, params, state),
      state,
      epochs: epochsOf(record.intermediate_values ?? {}),
      value: record.value ?? undefined,
      ...(worker_id === WORKER && { until: untilOf(user_attrs) }),
      run: undefined,
      error: undefined,
    });
  }

  /** @throws {InklingError} when the trial has ended, unless Optuna has trained it, or does not exist */
  change(record: ChangeTrial): void {
    const { trial_id: number, worker_id = WORKER } = record;
    if (worker_id !== WORKER) {
      // What its dashboard writes about trials of the sweep does not affect them.
      if (!this.#foreign.has(number)) return;
      // Like Optuna, which ignores what is written about a trial that has ended.
      if (this.trials[number].state !== 'running') return;
    }
    switch (record.op_code) {
      case OPERATIONS.setParameter: {
        const { param_name: name, param_value_internal: value, distribution } = record;
        const { params } = this.#running(number);
        const decoded = this.#parameters.decode(number, name, value, distribution);
        this.#change(number, { params: { ...params, [name]: decoded } });
        break;
      }
      case OPERATIONS.setIntermediateValue:
        this.#setEpoch(number, record.step, record.intermediate_value);
        break;
      case OPERATIONS.setTrialAttribute:
        // Those of other programs mean something else.
        if (worker_id === WORKER) this.#setAttributes(number, record.user_attr);
        break;
      case OPERATIONS.setState: {
        const { params } = this.#running(number);
        const state = stateNumbered(record.state);
        const value = record.values?.[0] ?? undefined;
        this.#change(number, { state, value, params: this.#paramsAtEnd(number, params, state) });
        break;
      }
    }
  }

  #setEpoch(number: number, step: number, value: number | null): void {
    const { epochs } = this.#running(number);
    if (step === 0) this.#fromZero.add(number);
    const epoch = this.#fromZero.has(number) ? step + 1 : step;
    if (value !== null) this.#change(number, { epochs: new Map([...epochs, [epoch, value]]) });
  }

  #setAttributes(number: number, attributes: Readonly<Record<string, unknown>>): void {
    const { run, error } = attributes;
    if (Object.hasOwn(attributes, 'until')) this.#change(number, { until: untilOf(attributes) });
    if (typeof error === 'string') this.#change(number, { error });
    if (typeof run !== 'string') return;
    // Its run is one that this program has trained with its settings after it had ended.
    if (this.#foreign.has(number)) this.trials[number] = { ...this.trials[number], run };
    else this.#change(number, { run });
  }

  /** The parameters that samplers see: Optuna may have more, and fewer as long as a trial has no result. */
  #paramsAtEnd(number: number, params: Params, state: Trial['state']): Params {
    const isUsed = state === 'complete' || state === 'pruned';
    return isUsed && this.#foreign.has(number) ? this.#parameters.activeOf(number, params) : params;
  }

  #change(number: number, changes: Partial<Trial>): void {
    this.trials[number] = { ...this.#running(number), ...changes };
  }

  /** A trial that has not ended. */
  #running(number: number): Trial {
    const trial = this.trials.at(number);
    if (trial?.state === 'running') return trial;
    throw new InklingError(
      `${this.#who}: expected trial ${number} to be running, got ${trial === undefined ? 'no such trial' : trial.state}; the file was edited, or several programs wrote it`,
    );
  }
}

/** The epoch after which a trial is paused. */
function untilOf({ until }: Readonly<Record<string, unknown>>): number | undefined {
  return typeof until === 'number' ? until : undefined;
}

/** Epochs by steps, which count from 0 if there is such a step. */
function epochsOf(values: Readonly<Record<string, number | null>>): Map<number, number> {
  const first = Object.hasOwn(values, '0') ? 1 : 0;
  return new Map(
    Object.entries(values).flatMap(([step, value]) =>
      value === null ? [] : [[Number(step) + first, value] as const],
    ),
  );
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
