import { CompiledModel, decodeOnnx, type SavedModel } from '#inkling/index.js';
import type { SplitExamples } from '../../data/splitExamples.js';

/** The number of test images whose outputs are compared. */
const IMAGES = 20;
/** The most that the outputs may differ, as a part of the largest: they are added up in another order. */
const TOLERANCE = 1e-4;

/** How the outputs of a model and of its ONNX file differ. */
export interface OnnxCheck {
  readonly images: number;
  /** The largest difference between two logits. */
  readonly difference: number;
  readonly isSame: boolean;
}

/** Reads an ONNX file as Inkling imports it, and compares its outputs with those of the model for some test images. */
export async function checkOnnx(
  saved: SavedModel,
  file: Uint8Array,
  dataset: SplitExamples,
): Promise<OnnxCheck> {
  const { images: all, labels } = dataset.test;
  const images = Math.min(IMAGES, labels.length);
  const size = all.length / labels.length;
  const batch = new Uint8Array(images * size);
  for (let i = 0; i < images; i++) {
    // At equal distances, since they are sorted by class.
    const image = Math.floor((i * labels.length) / images);
    batch.set(all.subarray(image * size, (image + 1) * size), i * size);
  }
  const [expected, read] = await Promise.all(
    [saved, decodeOnnx(file)].map((model) => logitsOf(model, batch)),
  );
  const difference = expected.reduce((most, logit, i) => Math.max(most, Math.abs(logit - read[i])), 0);
  const largest = expected.reduce((most, logit) => Math.max(most, Math.abs(logit)), 0);
  return { images, difference, isSame: difference <= TOLERANCE * Math.max(1, largest) };
}

async function logitsOf(model: SavedModel, images: Uint8Array): Promise<Float32Array> {
  const compiled = await CompiledModel.create(model);
  try {
    return (await compiled.run(images)).logits;
  } finally {
    await compiled.close();
  }
}
