/** Above this ratio, frequent classes dominate training. */
const MAX_RATIO = 3;

/** How evenly images are distributed over classes. */
export interface ClassBalance {
  /** The label of the class with the most images, and the number of these; the first of several equal ones. */
  readonly largest: { readonly label: number; readonly images: number };
  /** Likewise of the class with the fewest. */
  readonly smallest: { readonly label: number; readonly images: number };
  /** The size of the largest class divided by that of the smallest; infinite if that is empty. */
  readonly ratio: number;
  /** Whether the ratio is so large that training should compensate for it. */
  readonly isImbalanced: boolean;
}

/** @param counts the number of images of each class, of at least one class */
export function classBalance(counts: readonly number[]): ClassBalance {
  const ofSize = (images: number) => ({ label: counts.indexOf(images), images });
  const [largest, smallest] = [ofSize(Math.max(...counts)), ofSize(Math.min(...counts))];
  const ratio = largest.images / smallest.images;
  return { largest, smallest, ratio, isImbalanced: ratio > MAX_RATIO };
}

/** `30`, `3.4`: how many times as many images the largest class has */
export function formatRatio({ ratio }: ClassBalance): string {
  return String(Number(ratio.toFixed(1)));
}
