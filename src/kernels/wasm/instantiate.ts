import { InklingError } from '../../core/errors.js';
import type { CompiledKernels } from '../../platform/host.js';
import type { KernelParameters } from '../generated/signatures.js';
import type { KernelTable } from '../kernel.js';

export type KernelName = keyof KernelParameters;

/** A kernel of a module that is instantiated on a memory. */
export interface KernelExport {
  readonly call: (...values: never[]) => void;
  /** The names of its parameters, in order. */
  readonly parameters: readonly string[];
}

/** The kernels of a module; `bindKernel` calls them. */
export type KernelExports = Readonly<Record<KernelName, KernelExport>>;

/** What an engine can execute. */
export interface WasmKernels {
  readonly bindings: Partial<KernelTable<KernelExports>>;
  /** The names of the parameters of every kernel that the bindings call, in order, separated by spaces. */
  readonly parameters: Readonly<Partial<Record<KernelName, string>>>;
}

/**
 * Instantiates compiled kernels on a memory.
 *
 * @returns those of the given parameters
 * @throws {InklingError} if the module's kernels are not those that this version calls
 */
export function instantiateKernels(
  { module, tileHeight }: CompiledKernels,
  memory: WebAssembly.Memory,
  { parameters }: Pick<WasmKernels, 'parameters'>,
): KernelExports {
  const { exp, log, pow, sin, cos, tan } = Math;
  const functions = {
    'Math.exp': exp,
    'Math.log': log,
    'Math.pow': pow,
    'Math.sin': sin,
    'Math.cos': cos,
    'Math.tan': tan,
  };
  const imports = { env: { memory, ...functions } };
  const { exports } = new WebAssembly.Instance(module, imports);
  if (!(exports.tileHeight instanceof WebAssembly.Global)) throw fromAnotherVersion();
  exports.tileHeight.value = tileHeight;
  const kernels = Object.entries(parameters).map(([name, names]) => [
    name,
    kernelOf(exports[name], names.split(' ')),
  ]);
  return Object.fromEntries(kernels) as KernelExports;
}

/** A kernel, if it has as many parameters as its callers know. */
function kernelOf(call: WebAssembly.ExportValue | undefined, parameters: readonly string[]): KernelExport {
  if (typeof call !== 'function' || call.length !== parameters.length) throw fromAnotherVersion();
  return { call: call as KernelExport['call'], parameters };
}

function fromAnotherVersion(): InklingError {
  return new InklingError(
    'kernels: the WebAssembly file is from another version; rebuild or reinstall Inkling',
  );
}
