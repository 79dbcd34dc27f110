import { valueAt } from '../space/distribution.js';
import { chooseParams } from '../space/space.js';
import { randomOf, type Sampler, type SamplerOptions } from './sampler.js';

/** Draws every value independently. */
export function randomSampler({ space, seed }: SamplerOptions): Sampler {
  return {
    suggest(number) {
      const random = randomOf(seed, number);
      return chooseParams(space, ({ distribution }) => valueAt(distribution, random.float64()));
    },
  };
}
