/** A cell of a confusion matrix: how many images of one class were taken for which. */
export interface ConfusionCell {
  readonly label: number;
  readonly predicted: number;
  readonly count: number;
  /** Of the images of the true class. */
  readonly share: number;
  readonly isRight: boolean;
  /** How much of its colour it has, from 0 to 1: as much as it is frequent, mistakes among mistakes alone. */
  readonly strength: number;
}

/**
 * The cells of a confusion matrix, which a report and the page colour alike.
 *
 * @param confusion `[true class][predicted class]`
 * @returns `[true class][predicted class]`
 */
export function confusionCells(confusion: readonly (readonly number[])[]): ConfusionCell[][] {
  const shares = confusion.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => count / Math.max(1, total));
  });
  const mistakes = shares.flatMap((row, label) => row.filter((_, predicted) => predicted !== label));
  const largest = Math.max(...mistakes, Number.MIN_VALUE);
  return shares.map((row, label) =>
    row.map((share, predicted) => {
      const isRight = label === predicted;
      // The root shows rare mistakes beside frequent ones.
      const strength = isRight ? share : Math.sqrt(share / largest);
      return { label, predicted, count: confusion[label][predicted], share, isRight, strength };
    }),
  );
}
