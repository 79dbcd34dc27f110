import { InklingError, messageOf } from '../../core/errors.js';
import { checkModel, startingConfig } from '../../runs/startingConfig.js';
import type { Config } from '../../train/config.js';
import { areEqual, type Value } from './distribution.js';
import { chooseParams, type Params, type Parameter, type Space } from './space.js';
import { withModelOptions } from './withModelOptions.js';

/**
 * The configuration of a trial.
 *
 * @throws {InklingError} when train rejects these settings
 */
export function trialConfig({ fixed }: Space, params: Params): Config {
  const stated = Object.entries({ ...fixed, ...params }).filter(([, value]) => value !== null);
  return startingConfig({ settings: withModelOptions(Object.fromEntries(stated)) }).preliminary;
}

/**
 * Checks that train accepts both ends of every range and every choice, each with the first values of the other parameters.
 *
 * @param who the file, for error messages
 * @returns what the model requires of the images, if it determines it
 * @throws {InklingError} that names the value that train rejects
 */
export function checkSpace(space: Space, who: string): ReturnType<typeof checkModel> {
  for (const parameter of space.parameters) {
    for (const value of endsOf(parameter)) {
      const params = paramsWith(space, parameter, value, who);
      try {
        checkModel(trialConfig(space, params));
      } catch (error) {
        if (!(error instanceof InklingError)) throw error;
        throw new InklingError(`${who}: ${parameter.name} = ${JSON.stringify(value)}: ${messageOf(error)}`);
      }
    }
  }
  return checkModel(firstConfig(space));
}

/** A configuration with the first value of each parameter, for the settings that all trials share. */
export function firstConfig(space: Space): Config {
  return trialConfig(
    space,
    chooseParams(space, (parameter) => endsOf(parameter)[0]),
  );
}

/** The number of epochs of a trial; the highest one if it varies. */
export function highestEpochs(space: Space): number {
  const varied = space.parameters.find(({ name }) => name === 'epochs');
  const values = varied === undefined ? [] : endsOf(varied).map(Number).filter(Number.isFinite);
  return Math.max(...(values.length === 0 ? [firstConfig(space).epochs] : values));
}

function endsOf({ distribution }: Parameter): readonly Value[] {
  return distribution.kind === 'choice' ? distribution.choices : [distribution.low, distribution.high];
}

/** First values, except for those with which a parameter has its value. */
function paramsWith(space: Space, parameter: Parameter, value: Value, who: string): Params {
  const required = new Map<string, readonly Value[]>();
  const require = ({ when }: Parameter): void => {
    for (const [name, allowed] of Object.entries(when)) {
      const before = required.get(name) ?? allowed;
      required.set(
        name,
        allowed.filter((each) => before.some((other) => areEqual(each, other))),
      );
      const parent = space.parameters.find((each) => each.name === name);
      if (parent !== undefined) require(parent);
    }
  };
  require(parameter);
  const params = chooseParams(space, (each) => {
    if (each === parameter) return value;
    return required.get(each.name)?.[0] ?? endsOf(each)[0];
  });
  if (Object.hasOwn(params, parameter.name)) return params;
  throw new InklingError(
    `${who}: ${parameter.name}: when: expected conditions that can hold at the same time; change one`,
  );
}
