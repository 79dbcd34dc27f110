import type { Collection } from './collection.js';
import { addExamples, emptyCollection } from './collection.js';
import type { GeneratedDigits } from './digitsWorker.js';

/** The number of digits, of which three fifths are for training. */
export const DIGIT_COUNT = 2500;

/** The built-in digits, generated in a worker. */
export async function loadDigits(): Promise<Collection> {
  const worker = new Worker(new URL('./digitsWorker.ts', import.meta.url), { type: 'module' });
  try {
    return collectDigits(
      await new Promise<GeneratedDigits>((resolve, reject) => {
        worker.onmessage = ({ data }: MessageEvent<GeneratedDigits>) => {
          resolve(data);
        };
        worker.onerror = ({ message }) => {
          reject(new Error(message));
        };
        worker.postMessage(DIGIT_COUNT);
      }),
    );
  } finally {
    worker.terminate();
  }
}

/** The digits by class. */
export function collectDigits({ images, labels, classes }: GeneratedDigits): Collection {
  const size = images.length / labels.length;
  const groups = classes.map((name, label) => ({
    name,
    images: [...labels.keys()]
      .filter((i) => labels[i] === label)
      .map((i) => images.subarray(i * size, (i + 1) * size)),
  }));
  return { ...addExamples(emptyCollection('drawing', classes), groups), name: 'digits' };
}
