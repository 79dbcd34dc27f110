import { InklingError } from '../../core/errors.js';
import { unknownName } from '../../core/suggest.js';
import { configSchema } from '../../train/config.js';
import { areEqual, type Value } from './distribution.js';
import { parseVaried, type Varied } from './schema.js';
import { isModelOption, modelOptionNames } from './modelOptions.js';
import type { Parameter, ParameterName, Space } from './space.js';
import { allSettings, FOLD_SETTINGS, type Setting } from '../../train/settings/names.js';

/** Why a setting cannot differ between trials. */
const NOT_VARIED: Partial<Record<ParameterName, string>> = {
  ...Object.fromEntries(
    [
      ...['dataset', 'dataDir', 'imageSize', 'input', 'skipUnreadable'],
      ...['backbone', 'weights', 'initFrom'],
    ].map((name) => [name, 'the images are loaded once for all trials']),
  ),
  exclude: 'trials are compared on the same validation images',
  split: 'trials are compared on the same validation images',
  splitSeed: 'trials are compared on the same validation images',
  monitor: 'trials are compared by the same metric',
  seed: 'the best of several seeds would be the luckiest, not the best settings',
  threads: 'it does not affect the results',
  device: 'trials are compared on the same device',
  tta: 'it does not affect the validation',
};

/** The settings that the sweep itself has. */
const OF_SWEEP: readonly string[] = ['runDir', 'name'] satisfies Setting[];

const isSetting = (name: string): name is Setting => Object.hasOwn(configSchema.shape, name);
const isParameter = (name: string): name is ParameterName => isSetting(name) || isModelOption(name);

/**
 * Parses the space of a sweep: an object of settings of `train`, each with a plain value or a distribution.
 *
 * @param json the contents of a space file
 * @param who the file, for error messages
 * @throws {InklingError} that names the setting that is unknown, invalid, or cannot vary
 */
export function parseSpace(json: Readonly<Record<string, Value>>, who: string): Space {
  const fixed: Record<string, Value> = {};
  const varied = new Map<ParameterName, Varied>();
  for (const [name, stated] of Object.entries(json)) {
    if (!isParameter(name)) {
      const known = [...allSettings, ...modelOptionNames];
      throw new InklingError(`${who}: ${unknownName('setting', name, known)}`);
    }
    if (OF_SWEEP.includes(name)) {
      throw new InklingError(`${who}: ${name}: belongs to the sweep, not to its trials; use a flag instead`);
    }
    if (FOLD_SETTINGS.some((each) => each === name)) {
      throw new InklingError(
        `${who}: ${name}: trials are not cross-validated, but ranked by one validation split; leave it out`,
      );
    }
    const parsed = parseVaried(stated, `${who}: ${name}`);
    if (parsed !== undefined) varied.set(name, parsed);
    else fixed[name] = checkFixed(name, stated, who);
    const reason = parsed === undefined ? undefined : NOT_VARIED[name];
    if (reason !== undefined) {
      throw new InklingError(
        `${who}: ${name}: expected a plain value, since ${reason}, got a distribution; choose a value`,
      );
    }
  }
  if (fixed.device === 'auto') {
    throw new InklingError(
      `${who}: device: expected one device for all trials, since each would choose for itself, got "auto"; choose "cpu" or "gpu"`,
    );
  }
  if (varied.size === 0) {
    throw new InklingError(
      `${who}: expected at least one setting that varies, got only plain values; use "inkling train" instead`,
    );
  }
  return { fixed, parameters: inOrder(varied, fixed, who) };
}

/** A misspelled distribution must not become a value of the wrong type. */
function checkFixed(name: ParameterName, value: Value, who: string): Value {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && (isModelOption(name) || !configSchema.shape[name].safeParse(value).success)) {
    const keys = Object.keys(value).map((key) => `"${key}"`);
    throw new InklingError(
      `${who}: ${name}: expected a value, or a distribution with "choice", "int", or "float", got an object with ${keys.join(', ') || 'no keys'}`,
    );
  }
  return value;
}

/** The parameters, each after those that its conditions refer to, otherwise in the order of the file. */
function inOrder(
  varied: ReadonlyMap<ParameterName, Varied>,
  fixed: Space['fixed'],
  who: string,
): Parameter[] {
  const ordered: Parameter[] = [];
  const visit = (name: ParameterName, varies: Varied, path: readonly string[]): void => {
    if (ordered.some((each) => each.name === name)) return;
    if (path.includes(name)) {
      const cycle = [...path.slice(path.indexOf(name)), name].join(', ');
      throw new InklingError(
        `${who}: ${name}: when: expected conditions without a cycle, got ${cycle}; remove one`,
      );
    }
    for (const [parent, allowed] of Object.entries(varies.when)) {
      const its = isParameter(parent) ? varied.get(parent) : undefined;
      checkCondition({ parent, allowed, its, fixed }, `${who}: ${name}: when`);
      if (isParameter(parent) && its !== undefined) visit(parent, its, [...path, name]);
    }
    ordered.push({ name, ...varies });
  };
  for (const [name, each] of varied) visit(name, each, []);
  return ordered;
}

interface Condition {
  readonly parent: string;
  readonly allowed: readonly Value[];
  /** The distribution of the parent, if it varies. */
  readonly its: Varied | undefined;
  readonly fixed: Space['fixed'];
}

function checkCondition({ parent, allowed, its, fixed }: Condition, who: string): void {
  const distribution = its?.distribution;
  if (distribution !== undefined && distribution.kind !== 'choice') {
    throw new InklingError(
      `${who}: ${parent}: expected a setting with "choice", got a range; conditions compare single values`,
    );
  }
  const value = fixed[parent];
  const possible = distribution?.choices ?? (value === undefined ? undefined : [value]);
  if (possible === undefined) {
    throw new InklingError(
      `${who}: ${parent}: expected a setting of this file, got another; add it, or remove the condition`,
    );
  }
  const impossible = allowed.find((each) => !possible.some((other) => areEqual(each, other)));
  if (impossible === undefined) return;
  throw new InklingError(
    `${who}: ${parent}: expected values that it can have, ${possible.map((each) => JSON.stringify(each)).join(', ')}, got ${JSON.stringify(impossible)}; remove it`,
  );
}
