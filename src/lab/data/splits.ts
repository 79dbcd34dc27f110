/** A part of the examples: for training, for validation, or for testing. */
export type Part = 'train' | 'validation' | 'test';

/** The parts of the examples of a class, in order, over and over again. */
interface Split {
  /** After so many, it starts again. */
  readonly cycle: number;
  /** Those of the cycle that are for validation, by their position; the others are for training. */
  readonly validation: readonly number[];
  readonly test: readonly number[];
}

/**
 * Shares of the examples for training, validation, and testing, in percent. Each split has one for validation and one for testing among
 * the first five, so that no class lacks either.
 */
const SPLITS = {
  '60-20-20': { cycle: 5, validation: [2], test: [4] },
  '70-15-15': { cycle: 20, validation: [2, 9, 15], test: [4, 11, 18] },
  '80-10-10': { cycle: 10, validation: [2], test: [4] },
} as const satisfies Readonly<Record<string, Split>>;

export type SplitName = keyof typeof SPLITS;

export const SPLIT_NAMES: readonly SplitName[] = ['60-20-20', '70-15-15', '80-10-10'];

/** The part of an example by its position in its class. It stays the same when others are added after it. */
export function partOf(position: number, name: SplitName): Part {
  const { cycle, validation, test }: Split = SPLITS[name];
  const inCycle = position % cycle;
  if (validation.includes(inCycle)) return 'validation';
  return test.includes(inCycle) ? 'test' : 'train';
}

/** The number of examples in each part of a class. */
export function countParts(examples: number, name: SplitName): Readonly<Record<Part, number>> {
  const counts = { train: 0, validation: 0, test: 0 };
  for (let position = 0; position < examples; position++) counts[partOf(position, name)]++;
  return counts;
}
