import { messageOf } from '../core/errors.js';
import type { FileInputs } from '../images/concern.js';
import type { Classification, ImageResult } from './classification.js';
import type { ImageInput } from './imageInput.js';

/** This many images are in memory at a time. */
const CHUNK_SIZE = 16;

interface Steps {
  readonly read: (image: ImageInput) => Promise<FileInputs>;
  readonly classify: (inputs: readonly FileInputs[]) => Promise<Classification[]>;
  /** Throws the reason to stop, if there is one. */
  readonly assertContinues: () => void;
}

/** Classifies images in chunks: each is read on its own, then those that could be read are classified in one batch. */
export async function classifyInChunks(
  images: Iterable<ImageInput> | AsyncIterable<ImageInput>,
  steps: Steps,
): Promise<ImageResult[]> {
  const results: ImageResult[] = [];
  let chunk: ImageInput[] = [];
  const finish = async () => {
    results.push(...(await classifyChunk(chunk, steps)));
    chunk = [];
    steps.assertContinues();
  };
  for await (const image of images) {
    chunk.push(image);
    if (chunk.length === CHUNK_SIZE) await finish();
  }
  await finish();
  return results;
}

async function classifyChunk(
  images: readonly ImageInput[],
  { read, classify }: Steps,
): Promise<ImageResult[]> {
  const inputs = await Promise.all(images.map((image) => read(image).catch(errorOf)));
  const valid = inputs.flatMap((input) => (input instanceof Error ? [] : [input]));
  const outcomes = await classifyEach(valid, classify);
  return inputs.map((input) => {
    const outcome = input instanceof Error ? input : outcomes.shift();
    if (outcome === undefined) throw new Error('a result is missing');
    return outcome instanceof Error ? { error: outcome } : { classification: outcome };
  });
}

/** In one batch or, if that fails, one by one, so that only the images that cause it fail. */
async function classifyEach(
  inputs: readonly FileInputs[],
  classify: Steps['classify'],
): Promise<(Classification | Error)[]> {
  if (inputs.length === 0) return [];
  try {
    return await classify(inputs);
  } catch (error) {
    if (inputs.length === 1) return [errorOf(error)];
    const single = inputs.map((input) => classifyEach([input], classify));
    return (await Promise.all(single)).flat();
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(messageOf(error));
}
