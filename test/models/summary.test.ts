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
  // Vectors: the second pooled images and the logits, and their gradients.
  const [pooled, logits] = [8 * 8 * 32, 16];
  // The images and the first pooled images, with halos of 2, and the outputs of the convolutions, which their gradients replace.
  const trained = 32 * 32 + 19 * 19 * 16 + 30 * 30 * 16 + 17 * 17 * 32;
  expect(totals.activationBytesPerImage).toBe(4 * (trained + 2 * (pooled + logits)));
  // Nothing is kept for a backward pass: the pooling of the first convolution's output needs the most.
  expect(totals.inferenceBytesPerImage).toBe(4 * (30 * 30 * 16 + 19 * 19 * 16 + pooled + logits));
});

it('counts one multiply-add for each weight of a linear layer', () => {
  const { rows, totals } = summarize(resolveModel(preset('mlp', options)));
  expect(rows.map(({ multiplyAdds }) => multiplyAdds)).toEqual([0, 784 * 64, 0, 64 * 10]);
  expect(totals.multiplyAdds).toBe(784 * 64 + 64 * 10);
});
