import { InklingError } from '../../core/errors.js';

/** The kernels of a compiled module; the parameters' names are in `assembly/`. */
export type KernelExports = Readonly<Record<KernelName, (...parameters: number[]) => void>>;

const NAMES = [
  'gatherImages',
  'padImages',
  'conv2d',
  'conv2dInputGrad',
  'conv2dInputGradStrided',
  'conv2dWeightGrad',
  'linear',
  'linearInputGrad',
  'linearWeightGrad',
  'transposeWeight',
  'channelSums',
  'batchNormStatistics',
  'batchNormRunning',
  'scaleShift',
  'batchNormGradSums',
  'batchNormGradStatistics',
  'batchNormInputGrad',
  'relu',
  'reluGrad',
  'maxPool2d',
  'maxPool2dGrad',
  'normReluPool2d',
  'normReluPool2dGradSums',
  'normReluPool2dInputGrad',
  'dropout',
  'crossEntropy',
  'lossTotal',
  'score',
  'softmax',
  'sumPartials',
  'adam',
  'sgd',
] as const;

type KernelName = (typeof NAMES)[number];

/** Instantiates a compiled module on a memory. */
export function instantiateKernels(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const imports = { env: { memory, 'Math.exp': Math.exp, 'Math.log': Math.log } };
  const { exports } = new WebAssembly.Instance(module, imports);
  if (!hasKernels(exports)) {
    throw new InklingError(
      'kernels: the WebAssembly file is of another version; build or install Inkling again',
    );
  }
  return exports;
}

function hasKernels(exports: WebAssembly.Exports): exports is WebAssembly.Exports & KernelExports {
  return NAMES.every((name) => typeof exports[name] === 'function');
}
