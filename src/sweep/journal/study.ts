import { InklingError } from '../../core/errors.js';
import type { Space } from '../space/space.js';
import type { Direction } from '../trial.js';
import { readLines } from './lines.js';
import { DIRECTIONS, isSeedRunKey, type JournalRecord, OPERATIONS, STATES } from './records.js';
import { Replay } from './replay.js';

/** Attributes of a study by which a sweep states what it does. */
const OF_SWEEP = ['definition', 'trials', 'test'];

/** A study that Optuna has written with a JournalStorage. */
export interface Study {
  /** Everything after its creation. */
  readonly records: readonly JournalRecord[];
  /** The same as in the file. */
  readonly lines: readonly string[];
  readonly trials: number;
}

/**
 * Reads a study of Optuna for a sweep that continues it.
 *
 * @param file its journal (JournalFileBackend)
 * @param space of the sweep, which must have the same parameters
 * @param direction of the sweep
 * @throws {InklingError} when the file contains anything but one study, or one that cannot be continued
 */
export function readStudy(file: string, space: Space, direction: Direction): Study {
  const { lines, records } = readLines(file);
  const studies = records.flatMap((record) => (record.op_code === OPERATIONS.createStudy ? [record] : []));
  const [study] = studies;
  if (studies.length !== 1 || records[0] !== study) {
    const names = studies.map(({ study_name }) => JSON.stringify(study_name)).join(', ');
    throw new InklingError(
      `${file}: expected the journal of one study, got ${studies.length === 0 ? 'none' : names}; optuna.copy_study copies a study to a file of its own`,
    );
  }
  assertDirection(study.directions[0], direction, file);
  const replay = new Replay(file, space);
  for (const record of records) {
    assertUsable(record, direction, file);
    replay.apply(record);
  }
  return {
    records: records.slice(1),
    lines: lines.slice(1),
    trials: records.filter(({ op_code }) => op_code === OPERATIONS.createTrial).length,
  };
}

function assertDirection(number: number, direction: Direction, file: string): void {
  if (number === DIRECTIONS[direction]) return;
  const [direct, metric, other] =
    direction === 'maximize' ? ['maximize', 'accuracy', 'loss'] : ['minimize', 'loss', 'accuracy'];
  throw new InklingError(
    `${file}: expected a study with the direction ${direct}, since trials are ranked by their validation ${metric}, got the other one; if its values are the validation ${other}, set "monitor" to "${other}" in the space file`,
  );
}

function assertUsable(record: JournalRecord, direction: Direction, file: string): void {
  if (record.op_code === OPERATIONS.setStudyAttribute) {
    const key = Object.keys(record.user_attr).find((each) => OF_SWEEP.includes(each) || isSeedRunKey(each));
    if (key === undefined) return;
    throw new InklingError(
      `${file}: expected a study without the attribute "${key}", which sweeps use, got one with it; if it is a sweep, resume that instead`,
    );
  }
  const value = valueOf(record);
  if (direction === 'minimize' || value === undefined || (value >= 0 && value <= 1)) return;
  throw new InklingError(
    `${file}: expected validation accuracies from 0 to 1, got ${value}; a study whose values mean something else cannot be continued`,
  );
}

/** A value of the objective in a record. */
function valueOf(record: JournalRecord): number | undefined {
  switch (record.op_code) {
    case OPERATIONS.createTrial:
      return record.value ?? undefined;
    case OPERATIONS.setState:
      return record.state === STATES.complete ? (record.values?.[0] ?? undefined) : undefined;
    case OPERATIONS.setIntermediateValue:
      return record.intermediate_value ?? undefined;
    default:
      return undefined;
  }
}
