import {
  CompiledModel,
  type Model,
  type ResolvedLayer,
  resolveModel,
  type SavedModel,
  type Weights,
} from '#inkling/index.js';
import { type Distribution, distributionOf } from './distribution.js';
import { pause } from '../pause.js';

/** The weights with which the units of a layer look at the image: one small image for each. */
export interface Filters {
  readonly layer: Pick<ResolvedLayer, 'name' | 'layer'>;
  /** How many the layer has, of which there may be fewer here. */
  readonly total: number;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** 1 or 3 */
  readonly channels: number;
  /** `[count, height, width, channels]` */
  readonly values: Float32Array;
}

/** The output of a layer for one image. */
export interface LayerMaps {
  readonly layer: string;
  readonly type: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `[height, width, channels]` */
  readonly values: Float32Array;
}

/** What a network has learned, and what it makes of one image. */
export interface NetworkInside {
  /** Undefined if its first layer with weights does not look at the image itself. */
  readonly filters: Filters | undefined;
  readonly maps: readonly LayerMaps[];
  /** The weights of each layer that has any. */
  readonly weights: readonly Distribution[];
  /** The outputs of each layer. */
  readonly outputs: readonly Distribution[];
}

const MAX_FILTERS = 64;
/** Layers whose outputs are shown as images, and how many of them at most. */
const MAPPED: ReadonlySet<string> = new Set(['conv2d', 'maxPool2d', 'avgPool2d', 'residual']);
const MAX_MAPPED = 4;

/**
 * Computes what a network has learned, and what it makes of an image.
 *
 * @param pixels `[height, width, channels]`, from 0 to 255
 */
export async function lookInside(saved: SavedModel, pixels: Uint8Array): Promise<NetworkInside> {
  const { layers } = resolveModel(saved.model);
  const model = await CompiledModel.create(saved, {
    activations: layers.map(({ name }) => name),
    maxBatchSize: 1,
  });
  try {
    await pause();
    const { activations } = await model.run(pixels);
    await pause();
    const outputs = layers.map(({ name, layer: { type } }) => {
      const { shape = [], values = new Float32Array() } = activations.get(name) ?? {};
      return { layer: name, type, shape, values };
    });
    return {
      filters: firstFilters(saved),
      maps: outputs
        .filter(({ type, shape }) => MAPPED.has(type) && shape.length === 3)
        .slice(0, MAX_MAPPED)
        .map(({ shape: [height, width, channels], ...rest }) => ({ ...rest, height, width, channels })),
      weights: byLayer(saved.model, saved.weights),
      outputs: outputs.map(({ layer, type, values }) => distributionOf({ layer, type }, values)),
    };
  } finally {
    await model.close();
  }
}

/**
 * How the weights of each layer that has any are distributed.
 *
 * @param weights those of the model, or numbers of the same names, such as their gradients
 */
export function byLayer(model: Model, weights: Weights): readonly Distribution[] {
  return resolveModel(model).layers.flatMap(({ name, layer: { type } }) => {
    const values = weights.get(`${name}.weight`);
    return values === undefined ? [] : [distributionOf({ layer: name, type }, values)];
  });
}

/** The filters of the first layer with weights; undefined if they are not images of one or three channels. */
export function firstFilters({ model, weights }: SavedModel): Filters | undefined {
  const layer = resolveModel(model).layers.find(({ parameters }) => parameters.length > 0);
  if (layer === undefined) return undefined;
  const spec = layer.parameters.find(({ name }) => name === 'weight');
  const all = weights.get(`${layer.name}.weight`);
  if (spec === undefined || all === undefined) return undefined;
  // The axes of a layer that looks at images are those of PyTorch: filters, channels, rows, columns.
  const { axes, strides } = spec.torch;
  const [total, channels, height, width] = axes;
  if (axes.length !== 4 || (channels !== 1 && channels !== 3)) return undefined;
  const [byFilter, byChannel, byRow, byColumn] = strides;
  const count = Math.min(MAX_FILTERS, total);
  const values = Float32Array.from({ length: count * height * width * channels }, (_, i) => {
    const [channel, pixel] = [i % channels, Math.floor(i / channels)];
    const [column, row] = [pixel % width, Math.floor(pixel / width) % height];
    const filter = Math.floor(pixel / (width * height));
    return all[filter * byFilter + channel * byChannel + row * byRow + column * byColumn];
  });
  return { layer, total, count, height, width, channels, values };
}
