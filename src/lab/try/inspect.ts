import {
  type Activations,
  type Classification,
  type Classifier,
  CompiledModel,
  type ImageInput,
  prepareImage,
  resolveModel,
} from '#inkling/index.js';
import { pause } from '../pause.js';

/** What a classifier says about an image, and what it sees. */
export interface Inspection {
  /** `[height, width, channels]`, from 0 to 1: what the network sees. */
  readonly pixels: Float32Array;
  readonly classification: Classification;
  /** `[classes]`, in the order of the classifier's labels */
  readonly probabilities: readonly number[];
}

/** Classifies an image. */
export async function inspect(classifier: Classifier, image: ImageInput): Promise<Inspection> {
  const { labels, shape, inputKind } = classifier;
  const pixels = await prepareImage(image, { shape, inputKind });
  const classification = await classifier.classify(image, { top: labels.length });
  const byLabel = new Map(classification.top.map(({ label, probability }) => [label, probability]));
  return { pixels, classification, probabilities: labels.map((label) => byLabel.get(label) ?? 0) };
}

/** What the layers make of an image. */
export interface LayerOutputs {
  /** The input of the network. */
  readonly image: Activations;
  /** The output of each layer, by its name. */
  readonly layers: ReadonlyMap<string, Activations>;
}

/** Computes the outputs of all layers at once, which takes longer than the prediction. */
export async function layerOutputs(
  classifier: Classifier,
  pixels: Float32Array,
  signal: AbortSignal,
): Promise<LayerOutputs> {
  const { shape, saved } = classifier;
  const names = resolveModel(saved.model).allLayers.map(({ name }) => name);
  const model = await CompiledModel.create(saved, { activations: names, maxBatchSize: 1 });
  try {
    await pause();
    const { activations } = await model.run(pixels, { signal });
    return { image: { shape, values: pixels }, layers: activations };
  } finally {
    await model.close();
  }
}
