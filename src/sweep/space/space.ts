import type { Setting } from '../../train/settings/names.js';
import { isModelOption, type ModelOptionName } from './modelOptions.js';
import { areEqual, type Distribution, type Value } from './distribution.js';

/** The values of a trial by setting, without those of parameters whose conditions do not hold. */
export type Params = Readonly<Partial<Record<string, Value>>>;

/** The values of other settings with which a parameter has an effect; all must hold. */
export type Conditions = Readonly<Record<string, readonly Value[]>>;

/** A setting of `train`, or an option of its preset, such as `model.width`. */
export type ParameterName = Setting | ModelOptionName;

/** A setting that varies. */
export interface Parameter {
  readonly name: ParameterName;
  readonly distribution: Distribution;
  readonly when: Conditions;
}

/** The settings of a sweep. */
export interface Space {
  /** The same in every trial. */
  readonly fixed: Params;
  /** Each after those that its conditions refer to. */
  readonly parameters: readonly Parameter[];
}

/** Whether the conditions of a parameter hold. */
export function isActive({ when }: Pick<Parameter, 'when'>, { fixed }: Space, params: Params): boolean {
  return Object.entries(when).every(([name, allowed]) => {
    const value = params[name] === undefined ? fixed[name] : params[name];
    return value !== undefined && allowed.some((each) => areEqual(each, value));
  });
}

/**
 * Chooses the values of a trial, parameter by parameter.
 *
 * @param choose is called for the parameters whose conditions hold, in order
 */
export function chooseParams(space: Space, choose: (parameter: Parameter, index: number) => Value): Params {
  const params: Record<string, Value> = {};
  for (const [index, parameter] of space.parameters.entries()) {
    if (isActive(parameter, space, params)) params[parameter.name] = choose(parameter, index);
  }
  return params;
}

/** A space whose trials have the same model, apart from its options. */
export function withoutModelOptions({ fixed, parameters }: Space): Space {
  return {
    fixed: Object.fromEntries(Object.entries(fixed).filter(([name]) => !isModelOption(name))),
    parameters: parameters.filter(({ name }) => !isModelOption(name)),
  };
}
