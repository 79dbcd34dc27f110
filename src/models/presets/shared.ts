import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  relu,
  residual,
} from '../../layers/index.js';

/** Layers named as PyTorch names them in an `nn.Sequential`. */
export function sequential(name: string, layers: readonly Layer[]): Layer[] {
  return layers.map((layer, index) => ({ ...layer, name: `${name}.${String(index)}` }));
}

/** `count` results of `build`, one after the other. */
export function repeat(count: number, build: (index: number) => readonly Layer[]): Layer[] {
  return Array.from({ length: count }, (_, index) => build(index)).flat();
}

/** A 3×3 convolution that keeps the image's size, and batch normalization, which makes a bias redundant. */
export function convolution(outChannels: number): Layer[] {
  return [conv2d({ outChannels, kernel: 3, padding: 1, bias: false }), batchNorm2d()];
}

/** The same as a depthwise convolution, followed by one of 1×1. */
export function separable(inputs: number, outChannels: number): Layer[] {
  return [
    conv2d({ outChannels: inputs, kernel: 3, padding: 1, groups: inputs, bias: false }),
    batchNorm2d(),
    conv2d({ outChannels, kernel: 1, bias: false }),
    batchNorm2d(),
  ];
}

/** Layers whose output, of the same shape, is added to their input. */
export function residualBlock(layers: readonly Layer[]): Layer[] {
  return [residual({ layers: [...layers] }), relu()];
}

/** Dropout, unless its probability is 0. */
export function dropoutOf(probability: number, name?: string): Layer[] {
  return probability === 0 ? [] : [dropout({ ...(name !== undefined && { name }), probability })];
}

/** Global average pooling, dropout, and a linear layer: for images of any size. */
export function head(classes: number, dropoutBefore: number): Layer[] {
  return [
    globalAvgPool2d({ name: 'pool' }),
    flatten({ name: 'flatten' }),
    ...dropoutOf(dropoutBefore, 'dropout'),
    linear({ name: 'fc', outFeatures: classes }),
  ];
}
