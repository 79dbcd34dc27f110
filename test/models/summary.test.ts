import { expect, it } from 'vitest';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { summarize } from '#inkling/models/summary.js';

const options = { input: [28, 28, 1], classes: 10 };

it("summarizes the report's network by layer", () => {
  const { rows, totals } = summarize(resolveModel(preset('report-cnn', options)));
  expect(rows.map(({ type, output, parameters }) => [type, output, parameters])).toEqual([
    ['conv2d', [30, 30, 16], 16 * 9 + 16],
    ['batchNorm2d', [30, 30, 16], 2 * 16],
    ['relu', [30, 30, 16], 0],
    ['maxPool2d', [15, 15, 16], 0],
    ['conv2d', [17, 17, 32], 32 * 16 * 9 + 32],
    ['batchNorm2d', [17, 17, 32], 2 * 32],
    ['relu', [17, 17, 32], 0],
    ['maxPool2d', [8, 8, 32], 0],
    ['flatten', [2048], 0],
    ['linear', [10], 2048 * 10 + 10],
  ]);
  expect(totals.parameters).toBe(25_386);
  expect(totals.parameterBytes).toBe(25_386 * 4);
  // The outputs of two convolutions, two normalizations and two pooling layers, and the logits.
  const kept = 2 * 30 * 30 * 16 + 15 * 15 * 16 + 2 * 17 * 17 * 32 + 8 * 8 * 32 + 10;
  expect(totals.activationBytesPerImage).toBe(kept * 4);
});

it('counts one multiply-add for each weight of a linear layer', () => {
  const { rows, totals } = summarize(resolveModel(preset('mlp', options)));
  expect(rows.map(({ multiplyAdds }) => multiplyAdds)).toEqual([0, 784 * 64, 0, 64 * 10]);
  expect(totals.multiplyAdds).toBe(784 * 64 + 64 * 10);
});
