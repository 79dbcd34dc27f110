import { bytesField, integerField, message, textField } from '../../../interop/onnx/protobuf.js';
import type { CompanionRun } from '../companionRun.js';
import { sharedSettings } from '../sharedSettings.js';
import { floatsValue } from './events.js';
import { doubleField } from './fields.js';

/** The tags of the plugin. Source: TensorBoard, `plugins/hparams/metadata.py`. */
const EXPERIMENT = '_hparams_/experiment';
const START = '_hparams_/session_start_info';
const END = '_hparams_/session_end_info';

/** The number that says that a session has succeeded. Source: TensorBoard, `plugins/hparams/api.proto`. */
const SUCCESS = 1;

type Hyperparameter = string | number | boolean;

/** A scalar by which runs are compared. */
export interface RunMetric {
  readonly tag: string;
  readonly title: string;
}

/** The settings of a run that affect its results, as values of hyperparameters. */
function hyperparametersOf(run: CompanionRun): [string, Hyperparameter][] {
  return Object.entries(sharedSettings(run)).flatMap(([name, value]): [string, Hyperparameter][] => {
    if (value === undefined) return [];
    const isPlain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
    return [[name, isPlain ? value : JSON.stringify(value)]];
  });
}

/** The values that describe a run for the table of hyperparameters. */
export function sessionValues(run: CompanionRun): { readonly start: Uint8Array; readonly end: Uint8Array } {
  const { startedAt, timing } = run.summary;
  const startTime = Date.parse(startedAt) / 1000;
  const entries = hyperparametersOf(run).map(([name, value]) =>
    bytesField(1, message(textField(1, name), bytesField(2, protobufValue(value)))),
  );
  const start = message(...entries, textField(4, run.name), doubleField(5, startTime));
  const end = message(integerField(1, SUCCESS), doubleField(2, startTime + timing.totalSeconds));
  return { start: value(START, 3, start), end: value(END, 4, end) };
}

/** The value that names the columns of the table, for all runs. */
export function experimentValue(runs: readonly CompanionRun[], metrics: readonly RunMetric[]): Uint8Array {
  const all = runs.map((run) => new Map(hyperparametersOf(run)));
  const types = new Map(all.flatMap((each) => [...each]).map(([name, each]) => [name, typeof each]));
  const differs = (name: string) => new Set(all.map((each) => each.get(name))).size > 1;
  // The table shows the first ones.
  const ordered = [...types].sort(([a], [b]) => Number(differs(b)) - Number(differs(a)));
  const columns = ordered.map(([name, type]) =>
    bytesField(4, message(textField(1, name), integerField(4, typeNumber(type)))),
  );
  const results = metrics.map(({ tag, title }) =>
    bytesField(5, message(bytesField(1, textField(2, tag)), textField(3, title))),
  );
  return value(EXPERIMENT, 2, message(...columns, ...results));
}

function typeNumber(type: string): number {
  return type === 'number' ? 3 : type === 'boolean' ? 2 : 1;
}

/** A `google.protobuf.Value`. */
function protobufValue(hyperparameter: Hyperparameter): Uint8Array {
  if (typeof hyperparameter === 'number') return doubleField(2, hyperparameter);
  if (typeof hyperparameter === 'boolean') return integerField(4, Number(hyperparameter));
  return textField(3, hyperparameter);
}

/** All is in the metadata; the tensor is not used. */
function value(tag: string, field: number, content: Uint8Array): Uint8Array {
  const plugin = { name: 'hparams', content: bytesField(field, content) };
  return floatsValue(tag, plugin, { shape: [], values: [0] });
}
