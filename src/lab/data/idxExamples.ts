import type { IdxImageSet } from '#inkling/index.js';
import { messageOf } from '../../components/format.js';
import { pause } from '../pause.js';
import { type ExampleKind, INPUTS } from './collection.js';
import { exampleOf, type Failure, type ReadExamples } from './readExamples.js';

/** More examples make the page slow, and training take minutes; MNIST has 70,000. */
export const MAX_IMAGES = 10_000;
const IMAGES_PER_PAUSE = 50;

/** The kind of examples that images become as they are: those of MNIST's size are drawings. */
export function kindOfIdx([first]: readonly (IdxImageSet | undefined)[]): ExampleKind | undefined {
  const isDrawing = first?.shape.every((size, axis) => size === INPUTS.drawing.shape[axis]) ?? false;
  return isDrawing ? 'drawing' : undefined;
}

/** The first images of sets, prepared, by class: the same share of each if there are too many. Labels are the names of classes. */
export async function idxExamples(sets: readonly IdxImageSet[], kind: ExampleKind): Promise<ReadExamples> {
  const left = quotasOf(sets.flatMap(({ labels }) => [...labels]));
  const groups = new Map([...left.keys()].map((label) => [label, [] as Uint8Array[]]));
  const failures: Failure[] = [];
  let done = 0;
  for (const { shape, images, labels } of sets) {
    const size = images.length / labels.length;
    for (const [i, label] of labels.entries()) {
      const quota = left.get(label) ?? 0;
      if (quota === 0) continue;
      left.set(label, quota - 1);
      try {
        const pixels = images.subarray(i * size, (i + 1) * size);
        groups.get(label)?.push(await exampleOf({ pixels, shape }, kind));
      } catch (error) {
        failures.push({ name: `#${i + 1}`, reason: messageOf(error) });
      }
      if (++done % IMAGES_PER_PAUSE === 0) await pause();
    }
  }
  return { groups: [...groups].map(([label, found]) => ({ name: String(label), images: found })), failures };
}

/** How many images of each label are taken, in numerical order of the labels: in proportion, rounded so that they are as many as possible. */
export function quotasOf(labels: readonly number[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const taken = Math.min(labels.length, MAX_IMAGES);
  const shares = [...counts]
    .sort(([a], [b]) => a - b)
    .map(([label, count]) => ({ label, share: (count * taken) / labels.length }));
  const quotas = new Map(shares.map(({ label, share }) => [label, Math.floor(share)]));
  const missing = taken - [...quotas.values()].reduce((sum, quota) => sum + quota, 0);
  const mostCut = shares.sort((a, b) => (b.share % 1) - (a.share % 1)).slice(0, missing);
  for (const { label, share } of mostCut) quotas.set(label, Math.floor(share) + 1);
  return quotas;
}
