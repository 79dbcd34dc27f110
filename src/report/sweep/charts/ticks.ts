/** A tick of an axis. */
export interface Tick {
  readonly number: number;
  readonly label: string;
}

/** At most so many ticks, so that their labels fit. */
const MAX_TICKS = 7;

/** Powers of ten, or where there are few, also their doubles and halves, or else the ends. */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from({ length: Math.ceil(Math.log10(high)) - first + 1 }, (_, index) => first + index);
  const within = (factors: readonly number[]): number[] =>
    powers
      .flatMap((power) => factors.map((factor) => Number(`${factor}e${power}`)))
      .filter((number) => number >= low && number <= high);
  const tens = within([1]);
  const more = within([1, 2, 5]);
  if (more.length <= MAX_TICKS && tens.length < 4) return more.length > 1 ? more : [low, high];
  const step = Math.ceil(tens.length / MAX_TICKS);
  return tens.filter((_, index) => index % step === 0);
}

/** At most six multiples of 1, 2, or 5 times a power of ten; whole numbers if there is no other. */
export function linearTicks(low: number, high: number, isWhole = false): number[] {
  const least = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((each) => each >= least) ?? least;
  const spacing = isWhole ? Math.max(1, Math.round(step)) : step;
  const first = Math.ceil(low / spacing - 1e-9);
  const count = Math.floor(high / spacing + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, index) => Number(((first + index) * spacing).toPrecision(12)));
}
