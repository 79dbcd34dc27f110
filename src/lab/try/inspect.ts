import {
  type Classification,
  type Classifier,
  type ImageInput,
  prepareImage,
  resolveModel,
  type Saliency,
} from '#inkling/index.js';

/** The output of a layer for one image. */
export interface LayerMaps {
  readonly layer: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** `[height, width, channels]` */
  readonly values: Float32Array;
}

/** What a classifier says about an image, and what it sees. */
export interface Inspection {
  readonly image: ImageInput;
  /** `[height, width, channels]`, from 0 to 1 */
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
  return { image, pixels, classification, probabilities: labels.map((label) => byLabel.get(label) ?? 0) };
}

/** What explains a classification. */
export interface Explanation {
  readonly maps: readonly LayerMaps[];
  readonly saliency: Saliency;
}

/** Computes the feature maps and the saliency, which takes longer than the prediction. */
export async function explain(
  classifier: Classifier,
  { image, classification }: Inspection,
  signal: AbortSignal,
): Promise<Explanation> {
  const maps: LayerMaps[] = [];
  for (const layer of layersWithMaps(classifier)) {
    const { shape, values } = await classifier.activations(layer, image, { signal });
    const [height, width, channels] = shape;
    maps.push({ layer, height, width, channels, values });
  }
  const saliency = await classifier.saliency(
    image,
    { label: classification.label, method: 'occlusion' },
    { signal },
  );
  return { maps, saliency };
}

const SHOWN = new Set(['conv2d', 'maxPool2d', 'avgPool2d', 'residual']);
/** Maps of more layers than this are not computed. */
const MAX_LAYERS = 6;

/** The layers whose outputs are images worth showing. */
function layersWithMaps({ saved }: Classifier): string[] {
  return resolveModel(saved.model)
    .layers.filter(({ layer, output }) => SHOWN.has(layer.type) && output.shape.length === 3)
    .map(({ name }) => name)
    .slice(0, MAX_LAYERS);
}
