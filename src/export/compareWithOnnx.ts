import { toUnitFloats } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import type { CompiledModel } from '../predict/compiledModel.js';
import { channelsFirst } from './layout.js';
import type { OnnxRuntime } from './onnxRuntime.js';

/** How the logits of two engines that run the same network differ. */
export interface LogitComparison {
  readonly images: number;
  /** The largest absolute difference of two logits. */
  readonly maxDifference: number;
  /** The number of images with different predicted classes, or with a logit that is NaN. */
  readonly differentPredictions: number;
}

/**
 * Compares the logits of an ONNX file, run by another runtime, with those of Inkling's engine, in batches that fit into the memory of both.
 *
 * @param images `[count, height, width, channels]`, bytes
 */
export async function compareWithOnnx(
  file: Uint8Array,
  compiled: CompiledModel,
  images: Uint8Array,
  openOnnx: OnnxRuntime,
): Promise<LogitComparison> {
  const { input } = compiled.saved.model;
  const [height, width, channels] = input;
  const session = await openOnnx(file);
  const batchElements = compiled.maxBatchSize * sizeOf(input);
  const parts: LogitComparison[] = [];
  try {
    for (let at = 0; at < images.length; at += batchElements) {
      const pixels = toUnitFloats(images.subarray(at, at + batchElements));
      const shape = [pixels.length / sizeOf(input), channels, height, width];
      const theirs = await session.run(channelsFirst(pixels, input), shape);
      parts.push(compareLogits(compiled.runSync(pixels).logits, theirs, compiled.saved.classes.length));
    }
  } finally {
    await session.close();
  }
  return {
    images: sum(parts.map((part) => part.images)),
    maxDifference: Math.max(0, ...parts.map((part) => part.maxDifference)),
    differentPredictions: sum(parts.map((part) => part.differentPredictions)),
  };
}

/** @param ours logits `[images, classes]`, like `theirs` */
export function compareLogits(ours: Float32Array, theirs: Float32Array, classes: number): LogitComparison {
  const images = ours.length / classes;
  let differentPredictions = 0;
  for (let at = 0; at < ours.length; at += classes) {
    const prediction = predictedClass(ours.subarray(at, at + classes));
    if (prediction === undefined || prediction !== predictedClass(theirs.subarray(at, at + classes)))
      differentPredictions++;
  }
  const maxDifference = ours.reduce((largest, logit, i) => Math.max(largest, Math.abs(logit - theirs[i])), 0);
  return { images, maxDifference, differentPredictions };
}

/** The index of the largest logit; undefined if any logit is NaN. */
function predictedClass(logits: Float32Array): number | undefined {
  return logits.some(Number.isNaN) ? undefined : logits.indexOf(Math.max(...logits));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
