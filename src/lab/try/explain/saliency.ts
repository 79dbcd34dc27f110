import { type Classifier, type InputGradients, resolveModel, type SavedModel } from '#inkling/index.js';

/** How a class is explained: the library's methods, and the gradient of its score. */
export const METHODS = ['occlusion', 'layer-cam', 'grad-cam', 'gradient'] as const;

export type Method = (typeof METHODS)[number];

/** Which pixels count for a class, or against it. */
export interface ClassSaliency {
  readonly label: string;
  readonly method: Method;
  /** The image that is explained, `[height, width, channels]`, from 0 to 1. */
  readonly pixels: Float32Array;
  /** `[height, width]`: for occlusion from -1 (against) to 1 (for), otherwise from 0 to 1. */
  readonly values: Float32Array;
}

/** Those that explain a network: class activation maps need a layer that outputs an image. */
export function methodsFor({ model }: Pick<SavedModel, 'model'>): readonly Method[] {
  const hasMaps = resolveModel(model).allLayers.some(
    ({ output: { shape } }) => shape.length === 3 && shape[0] > 1 && shape[1] > 1,
  );
  return hasMaps ? METHODS : ['occlusion', 'gradient'];
}

/**
 * Explains a class.
 *
 * @param gradients called for the method that needs them
 * @param pixels what the network sees
 */
export async function saliencyOf(
  classifier: Classifier,
  gradients: () => Promise<InputGradients>,
  pixels: Float32Array,
  { label, method }: Pick<ClassSaliency, 'label' | 'method'>,
  signal: AbortSignal,
): Promise<ClassSaliency> {
  const { labels, shape } = classifier;
  const shared = { label, method, pixels };
  if (method !== 'gradient') {
    const { values } = await classifier.saliency({ pixels, shape }, { label, method }, { signal });
    return { ...shared, values };
  }
  const coefficients = labels.map((each) => Number(each === label));
  return { ...shared, values: strengthOf((await gradients()).of(pixels, coefficients), shape[2]) };
}

/**
 * How much each pixel matters: the largest absolute gradient of its channels, divided by that of all pixels. Source: Simonyan et al., "Deep
 * Inside Convolutional Networks", 2014.
 */
export function strengthOf(gradient: Float32Array, channels: number): Float32Array {
  const strengths = new Float32Array(gradient.length / channels);
  gradient.forEach((value, i) => {
    const pixel = Math.floor(i / channels);
    strengths[pixel] = Math.max(strengths[pixel], Math.abs(value));
  });
  const largest = strengths.reduce((most, value) => Math.max(most, value), 0) || 1;
  return strengths.map((value) => value / largest);
}
