import { leftToRight } from '../../../components/format.js';

/** So many decimals of each number are shown: about as many digits as the network computes with. */
export const DECIMALS = 6;

/** `−0.123456`; what is rounded to zero has no sign. */
export function formatNumber(value: number): string {
  const text = value.toFixed(DECIMALS);
  return Number(text) === 0 ? text.replace('-', '') : leftToRight(text.replace('-', '−'));
}
