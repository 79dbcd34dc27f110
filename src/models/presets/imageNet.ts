import { UsageError } from '../../core/errors.js';
import { formatShape } from '../../core/shape.js';
import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  type Layer,
  linear,
  normalize,
  relu6,
  residual,
} from '../../layers/index.js';
import type { PresetOptions } from '../presetOptions.js';
import type { Preset } from './preset.js';

/*
 * What networks with published ImageNet weights have in common. The names of their layers are those of the weights.
 */

/** What these networks were designed for. */
const imageNet: PresetOptions = { input: [224, 224, 3], classes: 1000 };

const MIN_SIDE = 32;
const CHANNELS = 3;

/** Mean and standard deviation of the pixels of ImageNet, from 0 to 1. */
export const imageNetNormalization = () =>
  normalize({ name: 'normalize', mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] });

/**
 * A preset for photos.
 *
 * @param layersFor the layers for a number of classes
 */
export function photoPreset(
  name: string,
  description: string,
  layersFor: (classes: number) => readonly Layer[],
): Preset {
  return {
    description,
    designedFor: imageNet,
    build({ input, classes }) {
      checkPhotos(name, input);
      return { layers: layersFor(classes) };
    },
  };
}

/** @throws {UsageError} unless images have three channels and at least 32×32 pixels */
function checkPhotos(name: string, input: PresetOptions['input']): void {
  const [height, width, channels] = input;
  if (Math.min(height, width) >= MIN_SIDE && channels === CHANNELS) return;
  throw new UsageError(
    `preset "${name}": input: expected color images of at least ${MIN_SIDE}×${MIN_SIDE}×${CHANNELS}, ` +
      `got ${formatShape(input)}; use such images, or a preset for others, such as "resnet-small"`,
  );
}

/** How a convolution block is computed, and what its layers are called. */
interface BlockOptions {
  readonly outChannels: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly padding?: number | 'same';
  readonly groups?: number;
  /** The names of the convolution and of its batch normalization. */
  readonly names: readonly [convolution: string, norm: string];
  readonly epsilon?: number;
}

/** A convolution without a bias, and batch normalization. */
export function convolutionBlock({ names, epsilon, kernel = 1, ...options }: BlockOptions): Layer[] {
  const [convolution, norm] = names;
  return [
    conv2d({ name: convolution, kernel, ...options, bias: false }),
    batchNorm2d({ name: norm, ...(epsilon !== undefined && { epsilon }) }),
  ];
}

/** The same with ReLU6, named after the normalization. */
export function relu6Block(options: BlockOptions, name = `${options.names[1]}_relu`): Layer[] {
  return [...convolutionBlock(options), relu6({ name })];
}

/** Layers as a residual, or as they are; the names of their weights are the same. */
export function named(name: string, layers: readonly Layer[], isResidual: boolean): Layer[] {
  if (isResidual) return [residual({ name, layers })];
  return layers.map((layer) => ({ ...layer, name: `${name}.${String(layer.name)}` }));
}

/** Blocks of the same output channels: of their depthwise convolutions, the first one has the stride; the others are residuals. */
export type BlockStage = readonly [
  /** How many times as many channels a block has inside as its input. */
  expansion: number,
  kernel: number,
  stride: number,
  outChannels: number,
  repeats: number,
];

/** What a block is made of. */
export interface BlockShape {
  /** The channels inside. */
  readonly inside: number;
  readonly isExpanded: boolean;
  readonly kernel: number;
  readonly stride: number;
  readonly outChannels: number;
}

/**
 * The blocks of all stages, one after another.
 *
 * @param inputs the channels of the first block's input
 * @param nameOf the name of each block, counted from 0
 */
export function blocksOf(
  stages: readonly BlockStage[],
  inputs: number,
  nameOf: (index: number) => string,
  blockOf: (shape: BlockShape) => Layer[],
): Layer[] {
  const shapes = stages.flatMap(([expansion, kernel, firstStride, outChannels, repeats], stage) => {
    const before = stage === 0 ? inputs : stages[stage - 1][3];
    return Array.from({ length: repeats }, (_, repeat) => ({
      inside: expansion * (repeat === 0 ? before : outChannels),
      isExpanded: expansion !== 1,
      kernel,
      stride: repeat === 0 ? firstStride : 1,
      outChannels,
      isResidual: repeat > 0,
    }));
  });
  return shapes.flatMap(({ isResidual, ...shape }, index) =>
    named(nameOf(index), blockOf(shape), isResidual),
  );
}

/** The layers that classify: global average pooling, dropout of 20 % and a linear layer of the given name. */
export function classifier(classes: number, dropoutName: string, linearName: string): Layer[] {
  return [
    globalAvgPool2d({ name: 'pool' }),
    flatten({ name: 'flatten' }),
    dropout({ name: dropoutName, probability: 0.2 }),
    linear({ name: linearName, outFeatures: classes }),
  ];
}
