import { toUnitFloats } from '../core/pixels.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { LayerType } from '../layers/index.js';
import { resolveModel } from '../models/resolve.js';
import { activationsOf } from '../predict/activations.js';
import type { RecordedPrediction, PredictionRecord } from '../runs/predictionRecord.js';
import type { Planes } from './draw/sheets.js';

/** Layers that are shown. */
const SHOWN: ReadonlySet<LayerType> = new Set<LayerType>(['conv2d', 'residual']);
/** Where what a layer makes of an image ends: in front of these, and behind a ReLU. */
const ENDS: ReadonlySet<LayerType> = new Set<LayerType>([...SHOWN, 'relu']);

/** More channels than these are not shown. */
const PLANES = 64;

/** A look into a network that has convolutions. */
export interface Insight {
  /** The first layer's kernels, one an output channel, of the first input channel; none when it is not a convolution. */
  readonly filters: Planes | undefined;
  /** A test image, and what each convolution and each residual makes of it; not those inside a residual. */
  readonly image: RecordedPrediction | undefined;
  readonly maps: readonly FeatureMaps[];
}

export interface FeatureMaps extends Planes {
  /** The layer's name in the model. */
  readonly layer: string;
  /** Those of the layer; fewer may be shown. */
  readonly channels: number;
}

export async function insightOf(saved: SavedModel, evidence: PredictionRecord): Promise<Insight> {
  const filters = filtersOf(saved);
  const image = evidence.answers.at(0) && exampleOf(evidence, saved.classes.length);
  if (image === undefined) return { filters, image, maps: [] };
  const pixels = toUnitFloats(image.pixels);
  const { layers } = saved.model;
  const maps: FeatureMaps[] = [];
  for (const [index, { name, layer, output }] of resolveModel(saved.model).layers.entries()) {
    if (output.shape.length !== 3 || !SHOWN.has(layer.type)) continue;
    const next = layers.findIndex((each, i) => i > index && ENDS.has(each.type));
    const end = next !== -1 && layers[next].type === 'relu' ? next + 1 : index + 1;
    const { shape, values } = await activationsOf(saved, pixels, end);
    const [height, width, channels] = shape;
    maps.push({ layer: name, channels, height, width, planes: planesOf(values, channels) });
  }
  return { filters, image, maps };
}

/** An image that the network has right, of a class in the middle. */
function exampleOf({ answers, labels, predictions }: PredictionRecord, classes: number): RecordedPrediction {
  const right = answers.filter(({ image }) => labels[image] === predictions[image]);
  const wanted = right.find(({ image }) => labels[image] >= Math.floor(classes / 2));
  return wanted ?? answers[0];
}

function filtersOf({ model, weights }: SavedModel): Planes | undefined {
  const [{ layer, name, parameters }] = resolveModel(model).layers;
  const values = weights.get(`${name}.weight`);
  if (layer.type !== 'conv2d' || values === undefined) return undefined;
  // The engine's order is [kernel height, kernel width, input channels, output channels].
  const [height, width, inputs, outputs] = parameters[0].shape;
  const ofFirstInput = values.filter((_, place) => Math.floor(place / outputs) % inputs === 0);
  return { height, width, planes: planesOf(ofFirstInput, outputs) };
}

/** Each channel by itself, of values whose innermost axis is the channels. */
function planesOf(values: Float32Array, channels: number): number[][] {
  return Array.from({ length: Math.min(channels, PLANES) }, (_, channel) =>
    Array.from(values.filter((_, place) => place % channels === channel)),
  );
}
