import { describe, it } from 'vitest';
import { expectGradients } from '../../helpers/gradients.js';
import { gradientCases } from '../harness/opCases.js';

const SEED = 3;

describe('the gradients of reference kernels equal finite differences', () => {
  it.each(gradientCases)('$name', ({ batchSize, count, build }) => {
    expectGradients({ batchSize, count, seed: SEED }, build);
  });
});
