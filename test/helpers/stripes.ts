import { Random } from '#inkling/core/random.js';
import type { LoadedDataset, LoadedImageSet } from '#inkling/data/dataset.js';

const SIZE = 8;
const CLASSES = ['across', 'down', 'blank'];

/** A data set of 8×8 images that a network can learn in a few steps: horizontal stripes, vertical stripes, or only noise. */
export function stripes({
  train,
  test,
  seed = 1,
}: {
  train: number;
  test: number;
  seed?: number;
}): LoadedDataset {
  const random = new Random(seed);
  return {
    name: 'stripes',
    source: { kind: 'generated', location: 'the tests', verified: false, sha256: {} },
    shape: [SIZE, SIZE, 1],
    classes: CLASSES,
    train: draw(train, random),
    test: draw(test, random),
  };
}

function draw(count: number, random: Random): LoadedImageSet {
  const labels = Uint8Array.from({ length: count }, () => random.uint32() % CLASSES.length);
  const images = new Uint8Array(count * SIZE * SIZE);
  images.forEach((_, index) => {
    const [y, x] = [Math.floor((index % (SIZE * SIZE)) / SIZE), index % SIZE];
    const label = labels[Math.floor(index / (SIZE * SIZE))];
    const isInk = (label === 0 && y % 2 === 0) || (label === 1 && x % 2 === 0);
    images[index] = (random.uint32() % 120) + (isInk ? 100 : 0);
  });
  return { images, labels };
}

/** 30 images of "across" for one of each other class, with labels that have nothing to do with the images. */
export function imbalanced(dataset: LoadedDataset): LoadedDataset {
  const relabeled = ({ images, labels }: LoadedImageSet) => ({
    images,
    labels: labels.map((_, image) => (image % 32 < 2 ? (image % 32) + 1 : 0)),
  });
  return { ...dataset, train: relabeled(dataset.train), test: relabeled(dataset.test) };
}
