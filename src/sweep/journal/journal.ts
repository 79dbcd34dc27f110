import { dirname } from 'node:path';
import { appendLine, writeFileAtomic } from '../../platform/files.js';
import { metricName } from '../formatSweep.js';
import { encodeValue } from '../space/distribution.js';
import type { Params } from '../space/space.js';
import type { Trial } from '../trial.js';
import { readLines } from './lines.js';
import {
  DIRECTIONS,
  distributionText,
  type JournalRecord,
  METRIC_NAMES,
  OPERATIONS,
  type SeedRun,
  seedRunKey,
  STATES,
  type SweepTest,
  timestamp,
  WORKER,
} from './records.js';
import { Replay, type SweepState } from './replay.js';
import type { Study } from './study.js';

/**
 * The file that contains everything that a sweep has decided and learned. It only grows: every change is a line that is on the disk
 * before anything follows from it. One process at a time may have it open for changes.
 */
export class Journal {
  readonly #path: string;
  readonly #replay: Replay;

  private constructor(path: string, replay: Replay) {
    this.#path = path;
    this.#replay = replay;
  }

  /**
   * Writes the journal of a new sweep.
   *
   * @param study of Optuna, whose trials the sweep begins with
   */
  static create(
    path: string,
    { name, direction, definition, target }: Pick<SweepState, 'name' | 'direction' | 'definition' | 'target'>,
    study?: Study,
  ): Journal {
    const records: JournalRecord[] = [
      { op_code: OPERATIONS.createStudy, study_name: name, directions: [DIRECTIONS[direction]] },
      { op_code: OPERATIONS.setStudyAttribute, study_id: 0, user_attr: { definition } },
      { op_code: OPERATIONS.setStudyAttribute, study_id: 0, user_attr: { trials: target } },
      {
        op_code: OPERATIONS.setSystemAttribute,
        study_id: 0,
        system_attr: { [METRIC_NAMES]: [metricName(direction)] },
      },
    ];
    const replay = new Replay(path);
    for (const record of [...records, ...(study?.records ?? [])]) replay.apply(record);
    const lines = [...records.map((record) => lineOf(record)), ...(study?.lines ?? [])];
    writeFileAtomic(path, lines.map((line) => `${line}\n`).join(''));
    return new Journal(path, replay);
  }

  /**
   * Opens the journal of a sweep to continue it. What follows its last complete line, which a killed process left, is removed. Trials that
   * Optuna has not ended are recorded as failed: nobody else writes to the journal of a sweep while it is conducted.
   *
   * @throws {InklingError} when it cannot be read or is damaged
   */
  static open(path: string): Journal {
    const { replay, bytes, end } = readJournalFile(path);
    if (end < bytes.length) writeFileAtomic(path, bytes.subarray(0, end));
    const journal = new Journal(path, replay);
    for (const trial of replay.foreignTrials)
      journal.failTrial(trial, 'Optuna had not ended it when the sweep was continued');
    return journal;
  }

  /** The sweep's folder. */
  get folder(): string {
    return dirname(this.#path);
  }

  get state(): SweepState {
    return this.#replay.state;
  }

  /** Changes how many trials the sweep is to have. */
  setTarget(trials: number): void {
    this.#write({ op_code: OPERATIONS.setStudyAttribute, study_id: 0, user_attr: { trials } });
  }

  setTest(test: SweepTest): void {
    this.#write({ op_code: OPERATIONS.setStudyAttribute, study_id: 0, user_attr: { test } });
  }

  /** Records the start or the end of a run of a finalist with another seed. */
  setSeedRun(run: SeedRun): void {
    const user_attr = { [seedRunKey(run)]: run };
    this.#write({ op_code: OPERATIONS.setStudyAttribute, study_id: 0, user_attr });
  }

  /** @param until the epoch after which it is paused, if it is */
  startTrial(params: Params, until?: number): void {
    const active = this.state.space.parameters.flatMap(({ name, distribution }) => {
      const value = params[name];
      return value === undefined ? [] : [{ name, distribution, number: encodeValue(distribution, value) }];
    });
    this.#write({
      op_code: OPERATIONS.createTrial,
      study_id: 0,
      state: STATES.running,
      datetime_start: timestamp(),
      params: Object.fromEntries(active.map(({ name, number }) => [name, number])),
      distributions: Object.fromEntries(
        active.map(({ name, distribution }) => [name, distributionText(distribution)]),
      ),
      ...(until !== undefined && { user_attrs: { until } }),
    });
  }

  /** @param run the name of the run's folder */
  setRun(trial: number, run: string): void {
    this.#write({ op_code: OPERATIONS.setTrialAttribute, trial_id: trial, user_attr: { run } });
  }

  /**
   * Records that a paused trial is continued.
   *
   * @param until the epoch after which it is paused again; undefined if it is trained to its end
   */
  continueTrial(trial: number, until: number | undefined): void {
    const user_attr = { until: until ?? null };
    this.#write({ op_code: OPERATIONS.setTrialAttribute, trial_id: trial, user_attr });
  }

  /** @param value of the metric after an epoch */
  addEpoch(trial: number, epoch: number, value: number): void {
    this.#write({
      op_code: OPERATIONS.setIntermediateValue,
      trial_id: trial,
      step: epoch,
      intermediate_value: value,
    });
  }

  endTrial(trial: number, state: 'complete' | 'pruned', value: number | undefined): void {
    this.#write(endOf(trial, state, value));
  }

  /** Ends trials that are paused, of which there can be many, at once. */
  pruneTrials(trials: readonly { readonly number: number; readonly value: number | undefined }[]): void {
    this.#write(...trials.map(({ number, value }) => endOf(number, 'pruned', value)));
  }

  failTrial(trial: number, error: string): void {
    this.#write(
      { op_code: OPERATIONS.setTrialAttribute, trial_id: trial, user_attr: { error } },
      endOf(trial, 'failed'),
    );
  }

  /** Each write waits for the disk. If it fails, or the process is killed, the lines that are complete count. */
  #write(...records: readonly JournalRecord[]): void {
    if (records.length === 0) return;
    appendLine(this.#path, records.map(lineOf).join('\n'), { isSynced: true });
    for (const record of records) this.#replay.apply(record);
  }
}

function endOf(trial: number, state: Trial['state'], value?: number): JournalRecord {
  return {
    op_code: OPERATIONS.setState,
    trial_id: trial,
    state: STATES[state],
    values: value === undefined ? null : [value],
    datetime_complete: timestamp(),
  };
}

/** @throws {InklingError} when the journal cannot be read or is damaged */
export function readJournal(path: string): SweepState {
  return readJournalFile(path).replay.state;
}

function lineOf({ op_code, ...record }: JournalRecord): string {
  return JSON.stringify({ op_code, worker_id: WORKER, ...record });
}

function readJournalFile(path: string): { replay: Replay; bytes: Uint8Array; end: number } {
  const { records, bytes, end } = readLines(path);
  const replay = new Replay(path);
  for (const record of records) replay.apply(record);
  return { replay, bytes, end };
}
