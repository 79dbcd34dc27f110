const WANTED = 4;

/** Round numbers that span a range: multiples of 1, 2 or 5 times a power of ten, from below it to above it. */
export function ticksOf(low: number, high: number): number[] {
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const range = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(range / WANTED));
  const factor = [1, 2, 5, 10].find((each) => each * power >= range / WANTED) ?? 10;
  const step = factor * power;
  const [first, last] = [Math.floor(low / step), Math.ceil(high / step)];
  // Powers of ten below 1 are not exact: rounding keeps 0.30000000000000004 away.
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return Array.from({ length: Math.max(2, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toFixed(digits)),
  );
}
