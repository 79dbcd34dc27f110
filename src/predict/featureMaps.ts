import type { ResolvedModel } from '../models/resolved.js';
import type { LayerType } from '../layers/index.js';
import { type Plan, tensorsOf } from '../plan/plan.js';
import { imageLayout, type Tensor } from '../plan/tensor.js';

/** What one layer made of an image. */
export interface FeatureMaps {
  /** The layer's name in the model. */
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `[height, width, channels]` */
  readonly values: Float32Array;
}

/** Layers behind which one looks into a network. */
const SHOWN: ReadonlySet<LayerType> = new Set<LayerType>(['maxPool2d', 'avgPool2d', 'residual']);

/** Where a plan of a model keeps the output of each of its pooling layers and residuals, by the layer's name. */
export function pooledTensors({ allLayers }: ResolvedModel, plan: Plan): ReadonlyMap<string, Tensor> {
  // What flatten makes of an image has the image's name, but another shape.
  const images = tensorsOf(plan).filter(({ shape }) => shape.length === 3);
  const pooled = new Map<string, Tensor>();
  for (const { name, layer } of allLayers) {
    const tensor = images.find((image) => image.name === `${name}.output`);
    if (SHOWN.has(layer.type) && tensor !== undefined) pooled.set(name, tensor);
  }
  return pooled;
}

/**
 * Copies the first image of a tensor out of the halo around it.
 *
 * @param values all elements of the tensor
 */
export function featureMapsOf(layer: string, tensor: Tensor, values: Float32Array): FeatureMaps {
  const { height, width, channels, rowPitch, origin } = imageLayout(tensor);
  const rowElements = width * channels;
  const inside = new Float32Array(height * rowElements);
  for (let row = 0; row < height; row++) {
    const start = origin + row * rowPitch;
    inside.set(values.subarray(start, start + rowElements), row * rowElements);
  }
  return { layer, height, width, channels, values: inside };
}
