/**
 * What the original report states, with the section that states it: the defaults of a training run follow it, and generated
 * reports are compared with it. Source: the final project report on MNIST classification that Inkling reproduces, June 24, 2025.
 *
 * Imported as a whole, under the name of the file; bundlers drop what is not used.
 */
export const dataset = { value: 'mnist', section: '2.1' } as const;
/** Of the generator that draws the validation images. */
export const splitSeed = { value: 42, section: '2.2' } as const;
export const batchSize = { value: 64, section: '2.2' } as const;
export const trainImages = { value: 54_000, section: '2.3' } as const;
export const testImages = { value: 10_000, section: '2.3' } as const;
/** `[channels, height, width]`, as in PyTorch */
export const imageShape = { value: [1, 28, 28], section: '2.3' } as const;
/** The preset with this architecture. */
export const model = { value: 'report-cnn', section: '3.2' } as const;
export const optimizer = { value: 'adam', section: '3.3' } as const;
export const learningRate = { value: 0.001, section: '3.3' } as const;
/** Of the images available for training. */
export const validationFraction = { value: 0.1, section: '4.2' } as const;
export const testAccuracy = { value: 0.988, section: '4.3' } as const;
export const epochs = { value: 5, section: '6.1' } as const;
/** The preset of the network that the report compares its own with. */
export const baseline = { value: 'mlp', section: '6.2' } as const;
/** "Around 96 %": stated to one percentage point. */
export const baselineTestAccuracy = { value: 0.96, tolerance: 0.01, section: '6.2' } as const;
