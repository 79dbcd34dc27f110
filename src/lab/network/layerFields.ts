import {
  avgPool2d,
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  globalAvgPool2d,
  type Layer,
  leakyRelu,
  linear,
  maxPool2d,
  relu,
  sigmoid,
} from '#inkling/index.js';
import type { text } from '../text/text.js';

/** A number of a layer that can be changed. */
export interface Field {
  readonly name: keyof typeof text.network.fields;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly change: (value: number) => Layer;
}

/** The layers that can be added, as they are at first. */
export const NEW_LAYERS = {
  conv2d: conv2d({ outChannels: 16, kernel: 3, padding: 1 }),
  batchNorm2d: batchNorm2d(),
  relu: relu(),
  maxPool2d: maxPool2d({ kernel: 2 }),
  avgPool2d: avgPool2d({ kernel: 2 }),
  globalAvgPool2d: globalAvgPool2d(),
  flatten: flatten(),
  linear: linear({ outFeatures: 32 }),
  dropout: dropout({ probability: 0.5 }),
  leakyRelu: leakyRelu(),
  sigmoid: sigmoid(),
} as const satisfies Readonly<Record<string, Layer>>;

export type NewLayerType = keyof typeof NEW_LAYERS;

export const NEW_LAYER_TYPES = Object.keys(NEW_LAYERS) as readonly NewLayerType[];

/** What can be changed about a layer. */
export function fieldsOf(layer: Layer): readonly Field[] {
  switch (layer.type) {
    case 'conv2d':
      return [
        whole('outChannels', layer.outChannels, [1, 256], (outChannels) => ({ ...layer, outChannels })),
        whole('kernel', layer.kernel, [1, 11], (kernel) => ({ ...layer, kernel })),
        whole('stride', layer.stride ?? 1, [1, 4], (stride) => ({ ...layer, stride })),
        whole('padding', layer.padding ?? 0, [0, 5], (padding) => ({ ...layer, padding })),
      ].flat();
    case 'maxPool2d':
    case 'avgPool2d':
      return [
        whole('kernel', layer.kernel, [1, 8], (kernel) => ({ ...layer, kernel })),
        whole('stride', layer.stride ?? layer.kernel, [1, 8], (stride) => ({ ...layer, stride })),
      ].flat();
    case 'linear':
      return whole('outFeatures', layer.outFeatures, [1, 1024], (outFeatures) => ({ ...layer, outFeatures }));
    case 'dropout': {
      const { probability: value } = layer;
      const change = (probability: number) => ({ ...layer, probability });
      return [{ name: 'probability', value, min: 0, max: 0.9, step: 0.1, change }];
    }
    default:
      return [];
  }
}

/** A whole number; none for a field with a number for each axis, which presets have. */
function whole(
  name: Field['name'],
  value: unknown,
  [min, max]: readonly [number, number],
  change: Field['change'],
): readonly Field[] {
  return typeof value === 'number' ? [{ name, value, min, max, step: 1, change }] : [];
}
