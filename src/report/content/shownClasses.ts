/** More rows take several pages. */
const MAX_SHOWN = 40;

/** The classes that a figure or table with a row for each has room for, as labels: the first ones. */
export function shownClasses(labels: readonly number[]): readonly number[] {
  return labels.slice(0, MAX_SHOWN);
}

/** The same, spread evenly. */
export function spreadClasses(labels: readonly number[]): readonly number[] {
  if (labels.length <= MAX_SHOWN) return labels;
  return Array.from({ length: MAX_SHOWN }, (_, row) => labels[Math.floor((row * labels.length) / MAX_SHOWN)]);
}
