import { toUnitFloats } from '../core/pixels.js';
import { sizeOf } from '../core/shape.js';
import type { Classifier } from '../predict/classifier.js';
import { channelsFirst } from './layout.js';
import type { OnnxRuntime } from './onnxRuntime.js';

/** How far two engines that run the same network lie apart. */
export interface LogitComparison {
  readonly images: number;
  /** Of any two logits. */
  readonly maxDifference: number;
  /** Images whose largest logit is another one, or that got one that is not a number. */
  readonly differentPredictions: number;
}

/** Images that go through both engines at a time. */
const BATCH_SIZE = 500;

/**
 * Runs images through an ONNX file and through our own engine.
 *
 * @param images `[count, height, width, channels]`, bytes
 */
export async function compareWithOnnx(
  file: Uint8Array,
  classifier: Classifier,
  images: Uint8Array,
  openOnnx: OnnxRuntime,
): Promise<LogitComparison> {
  const { input } = classifier.saved.model;
  const [height, width, channels] = input;
  const session = await openOnnx(file);
  const batchElements = BATCH_SIZE * sizeOf(input);
  const parts: LogitComparison[] = [];
  try {
    for (let at = 0; at < images.length; at += batchElements) {
      const pixels = toUnitFloats(images.subarray(at, at + batchElements));
      const shape = [pixels.length / sizeOf(input), channels, height, width];
      const theirs = await session.run(channelsFirst(pixels, input), shape);
      parts.push(compareLogits(classifier.logits(pixels), theirs, classifier.classes.length));
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
    const answer = largestOf(ours.subarray(at, at + classes));
    if (answer === undefined || answer !== largestOf(theirs.subarray(at, at + classes)))
      differentPredictions++;
  }
  const maxDifference = ours.reduce((largest, logit, i) => Math.max(largest, Math.abs(logit - theirs[i])), 0);
  return { images, maxDifference, differentPredictions };
}

/** The place of the largest number; none where one of them is not a number. */
function largestOf(logits: Float32Array): number | undefined {
  return logits.some(Number.isNaN) ? undefined : logits.indexOf(Math.max(...logits));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
