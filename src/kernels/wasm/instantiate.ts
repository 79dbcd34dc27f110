import { InklingError } from '../../core/errors.js';
import type { CompiledKernels } from '../../platform/host.js';
import { KERNEL_PARAMETERS, type KernelParameters } from '../generated/signatures.js';

export type KernelName = keyof KernelParameters;

/** The kernels of a module that is instantiated on a memory; `bindKernel` calls them. */
export type KernelExports = Readonly<Record<KernelName, (...values: never[]) => void>>;

/**
 * Instantiates compiled kernels on a memory.
 *
 * @throws {InklingError} if the module's kernels are not those that this version calls
 */
export function instantiateKernels(
  { module, tileHeight }: CompiledKernels,
  memory: WebAssembly.Memory,
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
  if (!hasKernels(exports) || !(exports.tileHeight instanceof WebAssembly.Global)) {
    throw new InklingError(
      'kernels: the WebAssembly file is from another version; rebuild or reinstall Inkling',
    );
  }
  exports.tileHeight.value = tileHeight;
  return exports;
}

/** Whether a module has every kernel, with as many parameters as its callers know. */
function hasKernels(exports: WebAssembly.Exports): exports is WebAssembly.Exports & KernelExports {
  return Object.entries(KERNEL_PARAMETERS).every(([name, parameters]) => {
    const kernel = exports[name];
    return typeof kernel === 'function' && kernel.length === parameters.split(' ').length;
  });
}
