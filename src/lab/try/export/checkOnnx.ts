import { CompiledModel, decodeOnnx, type SavedModel } from '#inkling/index.js';
import type { SplitExamples } from '../../data/splitExamples.js';
import { MAX_BYTE } from '../../pixels.js';
import type { OnnxRuntime } from './onnxRuntime.js';

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

/**
 * Compares the outputs of an ONNX file with those of the model for some test images.
 *
 * @param runtime opens the file; without it, Inkling does, as it imports such files
 */
export async function checkOnnx(
  saved: SavedModel,
  file: Uint8Array,
  dataset: SplitExamples,
  runtime: OnnxRuntime | undefined,
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
  const [expected, read] = await Promise.all([
    logitsOf(saved, batch),
    runtime === undefined
      ? logitsOf(decodeOnnx(file), batch)
      : runtimeLogits(runtime, file, batch, dataset.shape),
  ]);
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

/**
 * Those of an independent program.
 *
 * @param images `[images, height, width, channels]`, from 0 to 255
 */
async function runtimeLogits(
  { InferenceSession, Tensor }: OnnxRuntime,
  file: Uint8Array,
  images: Uint8Array,
  [height, width, channels]: SplitExamples['shape'],
): Promise<Float32Array> {
  const size = height * width;
  // ONNX has the channels before rows and columns, and numbers from 0 to 1.
  const pixels = Float32Array.from(images, (_, i) => {
    const [image, channel, pixel] = [
      Math.floor(i / (size * channels)),
      Math.floor(i / size) % channels,
      i % size,
    ];
    return images[(image * size + pixel) * channels + channel] / MAX_BYTE;
  });
  const session = await InferenceSession.create(file, { executionProviders: ['wasm'] });
  try {
    const shape = [images.length / (size * channels), channels, height, width];
    const outputs = await session.run({ [session.inputNames[0]]: new Tensor('float32', pixels, shape) });
    const { data } = outputs[session.outputNames[0]];
    if (!(data instanceof Float32Array)) throw new Error('onnxruntime-web: expected float32 logits');
    return data;
  } finally {
    await session.release();
  }
}
