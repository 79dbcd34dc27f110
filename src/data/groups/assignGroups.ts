/**
 * Assigns groups of images to folds, so that the classes are distributed among the folds as evenly as whole groups permit. As in scikit-learn's
 * `StratifiedGroupKFold`: the groups with the most uneven classes come first, and each joins the fold with which the shares of the classes
 * vary least among the folds, of equal ones the fold with the fewest images.
 *
 * @param counts for each group, its number of images of each class; of groups that are equally uneven, the first comes first
 * @returns the fold of each group, from 0
 */
export function assignGroups(counts: readonly (readonly number[])[], folds: number): number[] {
  const totals = counts[0].map((_, label) => sum(counts.map((count) => count[label])));
  // Shares of a class without images are undefined.
  const classes = [...totals.keys()].filter((label) => totals[label] > 0);
  const unevenness = counts.map((count) => deviation(classes.map((label) => count[label])));
  const order = [...counts.keys()].sort((a, b) => unevenness[b] - unevenness[a]);
  const foldCounts = Array.from({ length: folds }, () => totals.map(() => 0));
  const sizes = new Array<number>(folds).fill(0);
  const deviations = totals.map(() => 0);
  const foldOf = new Array<number>(counts.length).fill(0);
  for (const group of order) {
    const own = counts[group];
    const present = classes.filter((label) => own[label] > 0);
    const others = sum(classes.filter((label) => own[label] === 0).map((label) => deviations[label]));
    const deviationsWith = (fold: number) =>
      present.map((label) =>
        deviation(
          foldCounts.map((count, each) => (count[label] + (each === fold ? own[label] : 0)) / totals[label]),
        ),
      );
    let best = 0;
    let least = Infinity;
    for (let fold = 0; fold < folds; fold++) {
      const mean = (others + sum(deviationsWith(fold))) / classes.length;
      if (mean < least || (isClose(mean, least) && sizes[fold] < sizes[best])) {
        best = fold;
        least = mean;
      }
    }
    const after = deviationsWith(best);
    present.forEach((label, i) => {
      deviations[label] = after[i];
      foldCounts[best][label] += own[label];
    });
    sizes[best] += sum(own);
    foldOf[group] = best;
  }
  return foldOf;
}

/** Whether two numbers are equal up to rounding errors, as by NumPy's `isclose`. */
function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}

/** The standard deviation of all values, not that of a sample. */
function deviation(values: readonly number[]): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / values.length);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
