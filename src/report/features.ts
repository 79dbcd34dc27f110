import { toUnitFloats } from '../core/pixels.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { LayerType } from '../layers/index.js';
import { resolveModel } from '../models/resolve.js';
import { CompiledModel } from '../predict/compiledModel.js';
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
  const shown = shownLayers(saved);
  const compiled = await CompiledModel.create(saved, {
    activations: shown.map(({ observed }) => observed),
    maxBatchSize: 1,
  });
  const { activations } = compiled.runSync(toUnitFloats(input.pixels));
  const featureMaps = shown.flatMap(({ layer, observed }) => {
    const outputs = activations.get(observed);
    if (outputs === undefined) return [];
    const [height, width, channelCount] = outputs.shape;
    const maps = splitChannels(outputs.values, channelCount);
    return { layer, channelCount, isAfterRelu: observed !== layer, height, width, maps };
  });
  return { filters, input, featureMaps };
}

/** The layers whose feature maps are shown, and those that output them: the next ReLU, where there is one. */
function shownLayers({ model }: SavedModel): { readonly layer: string; readonly observed: string }[] {
  const { layers } = resolveModel(model);
  return layers.flatMap(({ name, layer, output }, index) => {
    if (output.shape.length !== 3 || !SHOWN.has(layer.type)) return [];
    const next = layers.slice(index + 1).find(({ layer: { type } }) => SHOWN.has(type) || isRelu(type));
    return { layer: name, observed: next !== undefined && isRelu(next.layer.type) ? next.name : name };
  });
}

function isRelu(type: LayerType): boolean {
  return type === 'relu' || type === 'relu6';
}

/** A correctly classified image from the second half of the classes, if there is one. */
function chooseInput(
  { examples, labels, predictions }: PredictionRecord,
  classCount: number,
): RecordedPrediction | undefined {
  const correct = examples.filter(({ image }) => labels[image] === predictions[image]);
  return correct.find(({ image }) => labels[image] >= Math.floor(classCount / 2)) ?? examples.at(0);
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
