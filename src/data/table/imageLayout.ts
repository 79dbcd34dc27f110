/** The layout of a square image in a row of numbers. */
export interface ImageLayout {
  readonly side: number;
  /** Interleaved, if there are three. */
  readonly channels: 1 | 3;
}

/** The square image that a number of values forms: grayscale for a square number, RGB for three times one. */
export function imageLayoutOf(values: number): ImageLayout | undefined {
  if (values < 1) return undefined;
  for (const channels of [1, 3] as const) {
    const side = Math.sqrt(values / channels);
    if (Number.isInteger(side)) return { side, channels };
  }
  return undefined;
}
