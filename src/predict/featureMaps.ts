import type { LayerType } from '../layers/index.js';
import type { Model } from '../models/model.js';
import { resolveModel } from '../models/resolve.js';
import type { ModelOutputs } from './compiledModel.js';

/** A layer's output for one image. */
export interface FeatureMaps {
  /** The layer's name in the model. */
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `[height, width, channels]` */
  readonly values: Float32Array;
}

/** Layers whose feature maps are shown. */
const SHOWN: ReadonlySet<LayerType> = new Set<LayerType>(['maxPool2d', 'avgPool2d', 'residual']);

/** The names of the layers whose feature maps are shown: each pooling layer and residual, in the order of the model. */
export function featureMapLayers(model: Model): string[] {
  return resolveModel(model)
    .allLayers.filter(({ layer, output }) => SHOWN.has(layer.type) && output.shape.length === 3)
    .map(({ name }) => name);
}

/** The feature maps of the first image in some layers. */
export function featureMapsOf({ activations }: ModelOutputs, layers: readonly string[]): FeatureMaps[] {
  return [...activations]
    .filter(([layer]) => layers.includes(layer))
    .map(([layer, { shape, values }]) => {
      const [height, width, channels] = shape;
      return { layer, height, width, channels, values: values.slice(0, height * width * channels) };
    });
}
