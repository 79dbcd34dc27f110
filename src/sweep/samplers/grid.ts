import { InklingError } from '../../core/errors.js';
import { type Distribution, steppedValue, type Value, valueCount } from '../space/distribution.js';
import { isActive, type Params, type Space } from '../space/space.js';
import type { Sampler } from './sampler.js';

/** More combinations than anybody trains are an error. */
const MAX_COMBINATIONS = 100_000;

/** Tries every combination once, in the order of the file; the last parameter changes first. */
export function gridSampler(space: Space): Sampler & { readonly size: number } {
  const grid = combinationsOf(space);
  return { size: grid.length, suggest: (number) => grid[number] };
}

function combinationsOf(space: Space): readonly Params[] {
  let combinations: readonly Params[] = [{}];
  for (const parameter of space.parameters) {
    const { name, distribution } = parameter;
    const values = valuesOf(distribution, name);
    combinations = combinations.flatMap((params) =>
      isActive(parameter, space, params) ? values.map((value) => ({ ...params, [name]: value })) : [params],
    );
    if (combinations.length > MAX_COMBINATIONS) {
      throw new InklingError(
        `sampler: grid: expected at most ${MAX_COMBINATIONS} combinations, got more; remove values, or use the sampler quasi-random`,
      );
    }
  }
  return combinations;
}

function valuesOf(distribution: Distribution, name: string): readonly Value[] {
  if (distribution.kind === 'choice') return distribution.choices;
  if (distribution.step === undefined) {
    throw new InklingError(
      `sampler: grid: ${name}: expected "choice" or a range with a step, got every number of a range; add "step", or use the sampler quasi-random`,
    );
  }
  const count = Math.min(valueCount(distribution), MAX_COMBINATIONS + 1);
  return Array.from({ length: count }, (_, index) => steppedValue(distribution, index));
}
