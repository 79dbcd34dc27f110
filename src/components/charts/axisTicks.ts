const INTERVALS = 4;

/** Ticks of an axis that covers a range: multiples of 1, 2 or 5 times a power of ten. */
export function axisTicks(low: number, high: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const range = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(range / INTERVALS));
  const factor = [1, 2, 5, 10].find((each) => each * power >= range / INTERVALS) ?? 10;
  const step = factor * power;
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  // Powers of ten below 1 are not exact: rounding avoids 0.30000000000000004.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toFixed(digits)),
  );
}
