import type { OpShape, Partition } from '../opShape.js';

/** `output = input · factors`: images, and images of one pixel with a factor for each channel. It also computes the input's gradient. */
type ScaleChannels = OpShape<'scaleChannels', 'input' | 'factors', 'output'>;

/** The sum of `input · outputGrad` of each channel of each image. */
type ScaleChannelsGrad = OpShape<'scaleChannelsGrad', 'input' | 'outputGrad', 'factorsGrad'>;

export type ScaleChannelsOp = ScaleChannels | ScaleChannelsGrad;

export const scaleChannelsPartition: Readonly<Record<ScaleChannelsOp['op'], Partition>> = {
  scaleChannels: 'items',
  scaleChannelsGrad: 'items',
};
