import { closest, distance } from 'fastest-levenshtein';

/** ` Did you mean "mnist"?` if a known name is similar, otherwise an empty string. */
export function didYouMean(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(name.toLowerCase(), known);
  const near = distance(name.toLowerCase(), best) <= Math.max(2, Math.floor(best.length / 3));
  return near ? ` Did you mean "${best}"?` : '';
}
