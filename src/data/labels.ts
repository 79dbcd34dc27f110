/** The class of each image, as an index: one byte each if there are at most 256 classes. */
export type Labels = Uint8Array | Uint16Array;

const MAX_BYTE_CLASSES = 256;

/** @param classes the number of classes */
export function toLabels(labels: ArrayLike<number>, classes: number): Labels {
  return classes <= MAX_BYTE_CLASSES ? Uint8Array.from(labels) : Uint16Array.from(labels);
}

/** The labels of some images, in the order of their indices. */
export function pickLabels(labels: Labels, indices: Uint32Array): Labels {
  const picked =
    labels instanceof Uint8Array ? new Uint8Array(indices.length) : new Uint16Array(indices.length);
  indices.forEach((image, position) => {
    picked[position] = labels[image];
  });
  return picked;
}

/** The labels of several sets of images with the same classes, one after the other. */
export function concatenateLabels(parts: readonly Labels[]): Labels {
  const count = parts.reduce((sum, { length }) => sum + length, 0);
  const all = parts.some((part) => part instanceof Uint16Array)
    ? new Uint16Array(count)
    : new Uint8Array(count);
  let first = 0;
  for (const part of parts) {
    all.set(part, first);
    first += part.length;
  }
  return all;
}
