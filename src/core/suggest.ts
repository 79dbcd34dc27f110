import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "mnist"?` when one of the known names is close to what came, else an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(name.toLowerCase(), known);
  const near = distance(name.toLowerCase(), best) <= Math.max(2, Math.floor(best.length / 3));
  return near ? ` Did you mean "${best}"?` : '';
}
