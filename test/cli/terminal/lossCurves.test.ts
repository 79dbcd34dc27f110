import { describe, expect, it } from 'vitest';
import { formatLossCurves } from '#inkling/cli/terminal/lossCurves.js';
import type { EpochRecord } from '#inkling/train/epochRecord.js';

function epochsOf(losses: readonly (readonly [train: number, validation: number])[]): EpochRecord[] {
  return losses.map(([trainLoss, validationLoss], place) => ({
    epoch: place + 1,
    trainLoss,
    trainAccuracy: 0.9,
    validationLoss,
    validationAccuracy: 0,
    seconds: 1,
    imagesPerSecond: 1,
    learningRate: 0.001,
  }));
}

describe('formatLossCurves', () => {
  it('plots the losses, and marks the best epoch on the axis', () => {
    const epochs = epochsOf([
      [0.9, 0.5],
      [0.4, 0.4],
      [0.1, 0.2],
    ]);
    expect(formatLossCurves(epochs, 3, 22)).toEqual([
      '0.9000 ┤ o',
      '       │  ·',
      '       │   ·',
      '       │    ··',
      '0.5000 ┤ x··  ·',
      '       │    ···*·',
      '       │        ····',
      '       │          ···x',
      '0.1000 ┤            ·o',
      '       └─────────────▲',
      '         1     2     3',
    ]);
  });

  it('never exceeds the available width', () => {
    const epochs = epochsOf(Array.from({ length: 500 }, (_, place) => [1 / (place + 1), 2 / (place + 2)]));
    for (const width of [30, 60, 200]) {
      const lines = formatLossCurves(epochs, 500, width);
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(Math.min(width, 70));
      const numbers = lines.at(-1)?.trim().split(/ +/).map(Number) ?? [];
      expect(numbers.length).toBeGreaterThan(1);
      expect(numbers.every((epoch) => epoch % 50 === 0)).toBe(true);
    }
  });

  it('plots constant losses', () => {
    const [first] = formatLossCurves(
      epochsOf([
        [2, 2],
        [2, 2],
      ]),
      1,
      20,
    );
    expect(first).toBe('2.0000 ┤ *·········*');
  });
});
