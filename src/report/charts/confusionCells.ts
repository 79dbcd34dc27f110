/** A cell of a confusion matrix: the images of one class that were predicted as a certain class. */
export interface ConfusionCell {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the images of the true class. */
  readonly fraction: number;
  readonly isCorrect: boolean;
  /** The intensity of its color, from 0 to 1: higher for more frequent cells, with errors compared only to other errors. */
  readonly intensity: number;
}

/**
 * The cells of a confusion matrix with the intensities of their colors, for reports and the web page.
 *
 * @param confusion `[true class][predicted class]`
 * @returns `[true class][predicted class]`
 */
export function confusionCells(confusion: readonly (readonly number[])[]): ConfusionCell[][] {
  const fractions = confusion.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count / Math.max(1, total));
  });
  const errors = fractions.flatMap((row, label) => row.filter((_, predicted) => predicted !== label));
  const largestError = errors.reduce((a, b) => Math.max(a, b), Number.MIN_VALUE);
  return fractions.map((row, label) =>
    row.map((fraction, predicted) => {
      const isCorrect = label === predicted;
      // The square root keeps rare errors visible next to frequent ones.
      const intensity = isCorrect ? fraction : Math.sqrt(fraction / largestError);
      return { label, predicted, count: confusion[label][predicted], fraction, isCorrect, intensity };
    }),
  );
}
