import { InklingError } from '../../core/errors.js';
import type { CompiledKernels } from '../../platform/node.js';

/** The kernels of a compiled module; the parameters' names are in `assembly/`. */
export type KernelExports = Readonly<Record<KernelName, (...parameters: number[]) => void>>;

const NAMES = [
  'gatherImages',
  'augmentImages',
  'padImages',
  'add',
  'conv2d',
  'conv2dInputGrad',
  'conv2dInputGradStrided',
  'conv2dWeightGrad',
  'groupedConv2d',
  'groupedConv2dInputGrad',
  'groupedConv2dWeightGrad',
  'depthwiseConv2d',
  'depthwiseConv2dInputGrad',
  'depthwiseConv2dWeightGrad',
  'linear',
  'linearInputGrad',
  'linearWeightGrad',
  'transposeWeight',
  'winogradWeight',
  'winogradConv2d',
  'winogradConv2dWeightGrad',
  'winogradNormReluPool2d',
  'channelSums',
  'batchNormStatistics',
  'batchNormRunning',
  'scaleShift',
  'batchNormGradSums',
  'batchNormGradStatistics',
  'batchNormInputGrad',
  'relu',
  'reluGrad',
  'nonlinearity',
  'nonlinearityGrad',
  'maxPool2d',
  'maxPool2dGrad',
  'avgPool2d',
  'avgPool2dGrad',
  'normRelu',
  'normReluGradSums',
  'normReluInputGrad',
  'normReluPool2d',
  'normReluPool2dGradSums',
  'normReluPool2dInputGrad',
  'dropout',
  'crossEntropy',
  'sumTargetWeights',
  'softCrossEntropy',
  'lossTotal',
  'score',
  'softmax',
  'sumPartials',
  'squareSums',
  'clipGradient',
  'decayWeight',
  'weightPenaltyGrad',
  'adam',
  'sgd',
  'movingAverage',
] as const;

type KernelName = (typeof NAMES)[number];

/** Instantiates compiled kernels on a memory. */
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
      'kernels: the WebAssembly file is of another version; build or install Inkling again',
    );
  }
  exports.tileHeight.value = tileHeight;
  return exports;
}

function hasKernels(exports: WebAssembly.Exports): exports is WebAssembly.Exports & KernelExports {
  return NAMES.every((name) => typeof exports[name] === 'function');
}
