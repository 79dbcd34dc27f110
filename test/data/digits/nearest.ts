import type { LoadedImageSet } from '#inkling/data/dataset.js';

/** The accuracy of a nearest-neighbor classifier on pixels, with `known` as training and `unknown` as test images. */
export function nearestNeighborAccuracy(known: LoadedImageSet, unknown: LoadedImageSet): number {
  const size = known.images.length / known.labels.length;
  let correct = 0;
  unknown.labels.forEach((label, i) => {
    const image = unknown.images.subarray(i * size, (i + 1) * size);
    if (known.labels[nearest(known.images, image)] === label) correct++;
  });
  return correct / unknown.labels.length;
}

/** The index of the image with the smallest sum of squared differences from `image`. */
function nearest(images: Uint8Array, image: Uint8Array): number {
  let best = 0;
  let smallest = Infinity;
  for (let start = 0; start < images.length; start += image.length) {
    let sum = 0;
    for (let i = 0; i < image.length && sum < smallest; i++) {
      const difference = images[start + i] - image[i];
      sum += difference * difference;
    }
    if (sum < smallest) {
      smallest = sum;
      best = start / image.length;
    }
  }
  return best;
}
