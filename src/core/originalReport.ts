/**
 * What the original report states, with the section that states it: the defaults of a training run follow it, and generated
 * reports are compared with it. Source: the final project report on MNIST classification that Inkling reproduces, June 24, 2025.
 */
export const ORIGINAL_REPORT = {
  dataset: { value: 'mnist', section: '2.1' },
  /** Of the generator that draws the validation images. */
  splitSeed: { value: 42, section: '2.2' },
  batchSize: { value: 64, section: '2.2' },
  trainImages: { value: 54_000, section: '2.3' },
  testImages: { value: 10_000, section: '2.3' },
  /** `[channels, height, width]`, as in PyTorch */
  imageShape: { value: [1, 28, 28], section: '2.3' },
  /** The preset with this architecture. */
  model: { value: 'report-cnn', section: '3.2' },
  optimizer: { value: 'adam', section: '3.3' },
  learningRate: { value: 0.001, section: '3.3' },
  /** Of the images available for training. */
  validationFraction: { value: 0.1, section: '4.2' },
  testAccuracy: { value: 0.988, section: '4.3' },
  epochs: { value: 5, section: '6.1' },
  /** The preset of the network that the report compares its own with. */
  baseline: { value: 'mlp', section: '6.2' },
  /** "Around 96 %": stated to one percentage point. */
  baselineTestAccuracy: { value: 0.96, tolerance: 0.01, section: '6.2' },
} as const;
