import { toUnitFloats } from '../core/pixels.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { LayerType } from '../layers/index.js';
import { resolveModel } from '../models/resolve.js';
import { activationsOf } from '../predict/activations.js';
import type { PredictionRecord, RecordedPrediction } from '../runs/predictionRecord.js';
import type { Heatmaps } from './draw/heatmaps.js';

/** Layers whose feature maps are shown. */
const SHOWN: ReadonlySet<LayerType> = new Set<LayerType>(['conv2d', 'residual']);

/** Further channels of a layer are not shown. */
const MAX_CHANNELS = 64;

/** Filters and feature maps of a network; empty if it has no convolutional layers. */
export interface LearnedFeatures {
  /** The filters of the first layer for the first input channel, one per output channel; undefined unless it is a convolution. */
  readonly filters: Heatmaps | undefined;
  /** The test image whose feature maps are shown. */
  readonly input: RecordedPrediction | undefined;
  /** Of each convolution and residual block; layers inside a residual block are left out. */
  readonly featureMaps: readonly FeatureMaps[];
}

export interface FeatureMaps extends Heatmaps {
  /** The layer's name in the model. */
  readonly layer: string;
  /** Channels of the layer, of which at most `MAX_CHANNELS` are included. */
  readonly channelCount: number;
  /** Whether the maps are the output of the next ReLU, not of the layer itself. */
  readonly isAfterRelu: boolean;
}

export async function extractFeatures(
  saved: SavedModel,
  predictionRecord: PredictionRecord,
): Promise<LearnedFeatures> {
  const filters = filtersOf(saved);
  const input = chooseInput(predictionRecord, saved.classes.length);
  if (input === undefined) return { filters, input, featureMaps: [] };
  const pixels = toUnitFloats(input.pixels);
  const { layers } = saved.model;
  const featureMaps: FeatureMaps[] = [];
  for (const [index, { name, layer, output }] of resolveModel(saved.model).layers.entries()) {
    if (output.shape.length !== 3 || !SHOWN.has(layer.type)) continue;
    const next = layers.findIndex(({ type }, i) => i > index && (SHOWN.has(type) || type === 'relu'));
    const isAfterRelu = next !== -1 && layers[next].type === 'relu';
    const { shape, values } = await activationsOf(saved, pixels, isAfterRelu ? next + 1 : index + 1);
    const [height, width, channelCount] = shape;
    const maps = splitChannels(values, channelCount);
    featureMaps.push({ layer: name, channelCount, isAfterRelu, height, width, maps });
  }
  return { filters, input, featureMaps };
}

/** A correctly classified image from the second half of the classes, if there is one. */
function chooseInput(
  { answers, labels, predictions }: PredictionRecord,
  classCount: number,
): RecordedPrediction | undefined {
  const correct = answers.filter(({ image }) => labels[image] === predictions[image]);
  return correct.find(({ image }) => labels[image] >= Math.floor(classCount / 2)) ?? answers.at(0);
}

function filtersOf({ model, weights }: SavedModel): Heatmaps | undefined {
  const [{ layer, name, parameters }] = resolveModel(model).layers;
  const values = weights.get(`${name}.weight`);
  if (layer.type !== 'conv2d' || values === undefined) return undefined;
  // The weight layout is [kernel height, kernel width, input channels, output channels].
  const [height, width, inputs, outputs] = parameters[0].shape;
  const ofFirstInput = values.filter((_, index) => Math.floor(index / outputs) % inputs === 0);
  return { height, width, maps: splitChannels(ofFirstInput, outputs) };
}

/** @param values with the channels as the innermost axis */
function splitChannels(values: Float32Array, channelCount: number): number[][] {
  return Array.from({ length: Math.min(channelCount, MAX_CHANNELS) }, (_, channel) =>
    Array.from(values.filter((_, index) => index % channelCount === channel)),
  );
}
