import { formatPValue } from '../../core/format.js';
import type { PairedComparison } from './comparePredictions.js';
import { SIGNIFICANT } from './statistics.js';

/** Which of two runs is better, if any: `a is significantly better than b (McNemar's exact test, 31 vs. 12: p = 0.0054)` */
export function describePair(
  first: string,
  second: string,
  { onlyFirst, onlySecond, pValue }: PairedComparison,
): string {
  const [a, b] = onlyFirst >= onlySecond ? [first, second] : [second, first];
  const test = `McNemar's exact test, ${onlyFirst} vs. ${onlySecond}: ${formatPValue(pValue)}`;
  return pValue < SIGNIFICANT
    ? `${a} is significantly better than ${b} (${test})`
    : `${first} and ${second} do not differ significantly (${test})`;
}
