import type { OpName } from '../../plan/ops.js';
import type { KernelParameters } from '../generated/signatures.js';
import type { KernelCall, KernelTable } from '../kernel.js';
import type { KernelExports, KernelName } from './instantiate.js';

/** The bindings of some operations. */
export type BindingsOf<Names extends OpName> = Pick<KernelTable<KernelExports>, Names>;

/** Computes an argument that differs from call to call. */
export type ArgumentPerCall = (...call: Parameters<KernelCall>) => number;

type ParametersOf<Name extends KernelName> = KernelParameters[Name];

/** The arguments of a kernel by the names of its parameters. */
export type KernelArguments<Name extends KernelName> = {
  readonly [Parameter in keyof ParametersOf<Name>]: ParametersOf<Name>[Parameter] extends 'bool'
    ? boolean
    : number | ArgumentPerCall;
};

/** Makes arguments that a kernel has no parameter for a compile error, even if they come from a spread object. */
type NoSurplus<Name extends KernelName, Given> = Readonly<
  Record<Exclude<keyof Given, keyof KernelArguments<Name>>, never>
>;

/**
 * Binds a kernel to its arguments, given by name; a missing, misspelled or surplus argument does not compile. Arguments that are
 * functions are evaluated at each call.
 */
export function bindKernel<Name extends KernelName, Given extends KernelArguments<Name>>(
  kernels: KernelExports,
  name: Name,
  given: Given & NoSurplus<Name, Given>,
): KernelCall {
  return bindByName(kernels, name, given);
}

/** Like `bindKernel`, without checking the names: arguments that the kernel has no parameter for are ignored. */
export function bindByName(
  kernels: KernelExports,
  name: KernelName,
  given: Readonly<Partial<Record<string, number | boolean | ArgumentPerCall>>>,
): KernelCall {
  const { call, parameters } = kernels[name];
  const values: number[] = [];
  const changing: [position: number, argument: ArgumentPerCall][] = [];
  parameters.forEach((parameter, position) => {
    const argument = given[parameter];
    if (argument === undefined) throw new Error(`kernel ${name}: ${parameter} is missing`);
    if (typeof argument === 'function') changing.push([position, argument]);
    values.push(typeof argument === 'function' ? 0 : Number(argument));
  });
  return (task, begin, end, step, worker) => {
    for (const [position, argument] of changing) values[position] = argument(task, begin, end, step, worker);
    Reflect.apply(call, undefined, values);
  };
}
