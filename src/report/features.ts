import { toUnitFloats } from '../core/pixels.js';
import type { SavedModel } from '../interop/checkpoint.js';
import type { LayerType } from '../layers/index.js';
import { formatShape } from '../core/shape.js';
import { groupModules } from '../models/moduleGroups.js';
import { resolveModel } from '../models/resolve.js';
import type { ResolvedModel } from '../models/resolved.js';
import { CompiledModel } from '../predict/compiledModel.js';
import type { PredictionRecord, RecordedPrediction } from '../runs/predictionRecord.js';
import type { Heatmaps } from './draw/heatmaps.js';

/** Layers whose feature maps are shown. */
const SHOWN: ReadonlySet<LayerType> = new Set<LayerType>(['conv2d', 'residual']);

/** Of more layers, those at the ends of resolutions are shown. */
const MAX_LAYERS = 6;

/** Further channels of a layer are not shown. */
const MAX_CHANNELS = 64;

/** Filters and feature maps of a network; empty if it has no convolutional layers. */
export interface LearnedFeatures {
  /** The filters of the first layer for the first input channel, one per output channel; undefined unless it is a convolution. */
  readonly filters: Heatmaps | undefined;
  /** The test image whose feature maps are shown. */
  readonly input: RecordedPrediction | undefined;
  /** Of convolutions and residual blocks; layers inside a residual block are left out. */
  readonly featureMaps: readonly FeatureMaps[];
  /** How many convolutions and residual blocks there are, of which at most `MAX_LAYERS` are included. */
  readonly layerCount: number;
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
  const resolved = resolveModel(saved.model);
  const layers = shownLayers(resolved);
  const filters = filtersOf(saved);
  const input = chooseInput(predictionRecord, saved.classes.length);
  const layerCount = layers.length;
  if (input === undefined) return { filters, input, featureMaps: [], layerCount };
  const shown = selectLayers(resolved, layers);
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
  return { filters, input, featureMaps, layerCount };
}

/** A layer whose feature maps can be shown, and the one that outputs them: the next ReLU, where there is one. */
interface ShownLayer {
  readonly layer: string;
  readonly observed: string;
}

function shownLayers({ layers }: ResolvedModel): ShownLayer[] {
  return layers.flatMap(({ name, layer, output }, index) => {
    if (output.shape.length !== 3 || !SHOWN.has(layer.type)) return [];
    const next = layers.slice(index + 1).find(({ layer: { type } }) => SHOWN.has(type) || isRelu(type));
    return { layer: name, observed: next !== undefined && isRelu(next.layer.type) ? next.name : name };
  });
}

/** Of a deep network, the first layer and the last one of each resolution. */
function selectLayers(resolved: ResolvedModel, layers: readonly ShownLayer[]): readonly ShownLayer[] {
  if (layers.length <= MAX_LAYERS) return layers;
  const [first, ...others] = layers;
  const ends = new Set(endsOfResolutions(resolved));
  const last = others.filter(({ layer }) => ends.has(layer));
  return [first, ...last.slice(1 - MAX_LAYERS)];
}

/** The last layer of each resolution that can be shown; a block that halves the resolution belongs to the lower one as a whole. */
function endsOfResolutions(resolved: ResolvedModel): string[] {
  const groups = groupModules(resolved).flatMap(({ layers, output }) => {
    const last = layers.findLast(({ layer }) => SHOWN.has(layer.type));
    return last === undefined ? [] : { last: last.name, resolution: formatShape(output.slice(0, 2)) };
  });
  return groups
    .filter(({ resolution }, index) => resolution !== groups.at(index + 1)?.resolution)
    .map(({ last }) => last);
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
