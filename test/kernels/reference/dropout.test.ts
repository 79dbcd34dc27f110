import { describe, expect, it } from 'vitest';
import type { Pair, Shape } from '#inkling/core/shape.js';
import { runOf } from '../../helpers/referenceRun.js';

function ofOnes(options: { shape: Shape; halo?: Pair; probability: number; salt?: number; seed?: number }) {
  const { shape, halo = [0, 0], probability, salt = 3, seed = 0xdeadbeef } = options;
  const { run, tensors } = runOf(2, (builder) => {
    const input = builder.perImage('input', shape, { halo });
    builder.add({ op: 'dropout', reads: { input }, writes: { output: input }, probability, salt });
    return { input };
  });
  run.set(tensors.input, () => 1);
  run.run({ dropoutSeed: seed });
  return run.get(tensors.input);
}

/** Bits computed independently from the definition. */
const KEPT_OF_A_QUARTER = [0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0];

describe('dropout', () => {
  it('keeps the elements selected by the hash, divided by the probability of keeping them', () => {
    const expected = KEPT_OF_A_QUARTER.map((bit) => bit / 0.75);
    expect(ofOnes({ shape: [12], probability: 0.25 })).toEqual(expected);
  });

  it('keeps an element whose bits equal the threshold', () => {
    // The hash of the first image's first element begins with these 24 bits.
    const bits = 3_718_010;
    expect(ofOnes({ shape: [1], probability: bits / 2 ** 24 })[0]).toBeGreaterThan(0);
    expect(ofOnes({ shape: [1], probability: (bits + 1) / 2 ** 24 })[0]).toBe(0);
  });

  it('draws the same mask for any halo', () => {
    const image = { shape: [2, 3, 2], probability: 0.25 };
    expect(ofOnes({ ...image, halo: [1, 2] })).toEqual(ofOnes(image));
  });

  it('drops the given fraction, and other elements for another seed or salt', () => {
    const dropped = (changes: object) =>
      ofOnes({ shape: [5000], probability: 0.3, ...changes }).filter((value) => value === 0).length / 10_000;
    // Four standard deviations of the mean of 10,000 draws.
    expect(Math.abs(dropped({}) - 0.3)).toBeLessThan(0.0184);
    const masks = [{}, { seed: 1 }, { salt: 4 }].map((changes) =>
      ofOnes({ shape: [100], probability: 0.5, ...changes }).join(),
    );
    expect(new Set(masks).size).toBe(3);
  });

  it('replaces negative elements by positive zero', () => {
    const { run, tensors } = runOf(1, (builder) => {
      const input = builder.perImage('input', [50]);
      builder.add({ op: 'dropout', reads: { input }, writes: { output: input }, probability: 0.5, salt: 0 });
      return { input };
    });
    run.set(tensors.input, () => -1);
    run.run();
    const zeros = run.get(tensors.input).filter((value) => value === 0);
    expect(zeros.length).toBeGreaterThan(0);
    expect(zeros.every((value) => Object.is(value, 0))).toBe(true);
  });
});
