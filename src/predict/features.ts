import type { Activations } from './compiledModel.js';

/** Feature maps are averaged over this many parts of the image in each direction, which keeps features small. */
const GRID = 2;

/** What a model has found in some images: one vector of length 1 for each. */
export interface Features {
  readonly size: number;
  /** `[images, size]` */
  readonly values: Float32Array;
}

/** The features in a layer's outputs: feature maps averaged over a grid of 2×2 parts, scaled to length 1. */
export function featuresOf({ shape, values }: Activations): Features {
  const [height, width, channels] = shape.length === 3 ? shape : [1, 1, ...shape];
  const [rows, columns] = [Math.min(GRID, height), Math.min(GRID, width)];
  const size = rows * columns * channels;
  const images = values.length / (height * width * channels);
  const features = new Float32Array(images * size);
  for (let image = 0; image < images; image++) {
    const vector = features.subarray(image * size, (image + 1) * size);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const part = Math.floor((y * rows) / height) * columns + Math.floor((x * columns) / width);
        const from = ((image * height + y) * width + x) * channels;
        for (let channel = 0; channel < channels; channel++) {
          vector[part * channels + channel] += values[from + channel];
        }
      }
    }
    scaleToUnitLength(vector);
  }
  return { size, values: features };
}

function scaleToUnitLength(vector: Float32Array): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const length = Math.sqrt(squares);
  if (length > 0) for (let i = 0; i < vector.length; i++) vector[i] /= length;
}
