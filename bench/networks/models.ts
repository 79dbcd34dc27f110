import {
  batchNorm2d,
  conv2d,
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  maxPool2d,
  relu,
  residual,
} from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';

type Shape = readonly [height: number, width: number, channels: number];

const PHOTO: Shape = [224, 224, 3];
/** ImageNet's. */
const PHOTO_CLASSES = 1000;
const CLASSES = 10;

/** The report's network with `width` times as many channels, for square images of `side` pixels. */
export function reportCnn(width: number, side = 28): Model {
  const model = preset('report-cnn', { input: [side, side, 1], classes: CLASSES });
  const layers = model.layers.map((layer) =>
    layer.type === 'conv2d' ? { ...layer, outChannels: layer.outChannels * width } : layer,
  );
  const size = side === 28 ? '' : `-side-${side}`;
  return { ...model, name: `report-cnn${width === 1 ? '' : `-x${width}`}${size}`, layers };
}

/** A stage of inverted residual blocks, of which the first has the stride. */
interface Stage {
  /** Factor by which a block expands its input's channels. */
  readonly expansion: number;
  readonly channels: number;
  readonly blocks: number;
  readonly kernel: number;
  readonly stride: number;
}

/** MobileNet-style blocks for small color images. */
export function depthwiseNetwork(): Model {
  return invertedResiduals('depthwise', [64, 64, 3], CLASSES, { stem: 32, head: 256 }, [
    { expansion: 1, channels: 16, blocks: 1, kernel: 3, stride: 1 },
    { expansion: 4, channels: 24, blocks: 2, kernel: 3, stride: 2 },
    { expansion: 4, channels: 40, blocks: 2, kernel: 3, stride: 2 },
    { expansion: 4, channels: 80, blocks: 2, kernel: 3, stride: 2 },
  ]);
}

/**
 * The layer shapes of EfficientNet-Lite0, with ReLU in place of ReLU6 and symmetric padding. Source: Tan and Le,
 * "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", ICML 2019, and the Lite variants of its repository.
 */
export function efficientNetLite0(): Model {
  return invertedResiduals('efficientnet-lite0', PHOTO, PHOTO_CLASSES, { stem: 32, head: 1280 }, [
    { expansion: 1, channels: 16, blocks: 1, kernel: 3, stride: 1 },
    { expansion: 6, channels: 24, blocks: 2, kernel: 3, stride: 2 },
    { expansion: 6, channels: 40, blocks: 2, kernel: 5, stride: 2 },
    { expansion: 6, channels: 80, blocks: 3, kernel: 3, stride: 2 },
    { expansion: 6, channels: 112, blocks: 3, kernel: 5, stride: 1 },
    { expansion: 6, channels: 192, blocks: 4, kernel: 5, stride: 2 },
    { expansion: 6, channels: 320, blocks: 1, kernel: 3, stride: 1 },
  ]);
}

/**
 * ResNet-18, with 2×2 instead of padded 3×3 max pooling, so that all later layers have their original shapes. Source: He et al.,
 * "Deep Residual Learning for Image Recognition", CVPR 2016.
 */
export function resNet18(): Model {
  const stages = [64, 128, 256, 512].flatMap((channels, stage) => [
    ...basicBlock(channels, stage === 0 ? 1 : 2),
    ...basicBlock(channels, 1),
  ]);
  const layers = [...convolution(64, 7, 2), relu(), maxPool2d({ kernel: 2 }), ...stages];
  return { name: 'resnet-18', input: PHOTO, layers: [...layers, ...classifier(PHOTO_CLASSES)] };
}

/** Two 3×3 convolutions; with a stride, the input is projected to the output's shape. */
function basicBlock(channels: number, stride: number): Layer[] {
  const layers = [...convolution(channels, 3, stride), relu(), ...convolution(channels, 3)];
  const shortcut = stride === 1 ? undefined : convolution(channels, 1, stride);
  return [residual({ layers, shortcut }), relu()];
}

function invertedResiduals(
  name: string,
  input: Shape,
  classes: number,
  { stem, head }: { readonly stem: number; readonly head: number },
  stages: readonly Stage[],
): Model {
  const layers = [...convolution(stem, 3, 2), relu()];
  let inputs = stem;
  for (const stage of stages) {
    for (let block = 0; block < stage.blocks; block++) {
      layers.push(...invertedResidual(inputs, { ...stage, stride: block === 0 ? stage.stride : 1 }));
      inputs = stage.channels;
    }
  }
  return { name, input, layers: [...layers, ...convolution(head, 1), relu(), ...classifier(classes)] };
}

/** Pointwise expansion, depthwise convolution and pointwise projection; the input is added if the shape is the same. */
function invertedResidual(inputs: number, { expansion, channels, kernel, stride }: Stage): Layer[] {
  const expanded = inputs * expansion;
  const layers = [
    ...(expansion === 1 ? [] : [...convolution(expanded, 1), relu()]),
    ...convolution(expanded, kernel, stride, expanded),
    relu(),
    ...convolution(channels, 1),
  ];
  return stride === 1 && inputs === channels ? [residual({ layers })] : layers;
}

/** A convolution padded by half its kernel, and batch normalization, which makes a bias redundant. */
function convolution(outChannels: number, kernel: number, stride = 1, groups = 1): Layer[] {
  const padding = Math.floor(kernel / 2);
  return [conv2d({ outChannels, kernel, stride, padding, groups, bias: false }), batchNorm2d()];
}

function classifier(classes: number): Layer[] {
  return [globalAvgPool2d(), flatten(), linear({ outFeatures: classes })];
}
