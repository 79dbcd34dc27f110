/**
 * What the original report states, with the sections that state it: the defaults of a training run follow it, and generated
 * reports are compared with it. Source: the final project report on MNIST classification that Inkling reproduces, June 24, 2025.
 *
 * Imported as a whole, under the name of the file; bundlers drop what is not used.
 */
export const dataset = { value: 'mnist' } as const;

/** Whether images are those of the original report: a folder with other images may have the same name. */
export function isOriginalDataset({
  name,
  source,
}: {
  readonly name: string;
  readonly source: { readonly verified: boolean };
}): boolean {
  return name === dataset.value && source.verified;
}
/** Of the generator that draws the validation images. */
export const splitSeed = { value: 42 } as const;
export const batchSize = { value: 64 } as const;
export const trainImages = { value: 54_000 } as const;
export const testImages = { value: 10_000 } as const;
/** `[channels, height, width]`, as in PyTorch */
export const imageShape = { value: [1, 28, 28] } as const;
/** The preset with this architecture. */
export const model = { value: 'report-cnn' } as const;
export const optimizer = { value: 'adam' } as const;
export const learningRate = { value: 0.001 } as const;
/** Of the images available for training. */
export const validationFraction = { value: 0.1 } as const;
/** Stated as 98.80 %. */
export const testAccuracy = { value: 0.988, decimals: 2 } as const;
export const epochs = { value: 5 } as const;
/** The preset of the network that the report compares its own with. */
export const baseline = { value: 'mlp' } as const;
/** Stated as "around 96 %": in whole percent. */
export const baselineTestAccuracy = { value: 0.96, decimals: 0 } as const;

/** Where the report states each; apart from them, so that pages without reports do not load it. */
export const sections = {
  dataset: '2.1',
  splitSeed: '2.2',
  batchSize: '2.2',
  trainImages: '2.3',
  testImages: '2.3',
  imageShape: '2.3',
  model: '3.2',
  optimizer: '3.3',
  learningRate: '3.3',
  validationFraction: '4.2',
  testAccuracy: '4.3',
  epochs: '6.1',
  baseline: '6.2',
  baselineTestAccuracy: '6.2',
} as const;
