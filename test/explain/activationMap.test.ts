import { expect, test } from 'vitest';
import { activationMap, enlarge } from '#inkling/explain/activationMap.js';

/** Two channels at 2×2 positions; the second counts against the class at the first position. */
const gradient = {
  shape: [2, 2, 2],
  activations: Float32Array.of(1, 2, 0, 4, 3, 0, 2, 1),
  gradients: Float32Array.of(2, -1, 1, 1, -2, 3, 3, 1),
};

test('LayerCAM adds up activations times positive gradients', () => {
  // 1×2 + 0, 0×1 + 4×1, 0 + 0×3, 2×3 + 1×1, divided by the largest
  expect([...activationMap(gradient, 'layer-cam')]).toEqual(
    [2, 4, 0, 7].map((value) => Math.fround(value / 7)),
  );
});

test('Grad-CAM adds up activations times the mean gradient of their channel', () => {
  // Both means are 1: 1 + 2, 0 + 4, 3 + 0, 2 + 1
  expect([...activationMap(gradient, 'grad-cam')]).toEqual([0.75, 1, 0.75, 0.75]);
});

test.each(['layer-cam', 'grad-cam'] as const)('%s is 0 where nothing counts for the class', (method) => {
  const negative = { ...gradient, gradients: gradient.gradients.map((value) => -Math.abs(value)) };
  expect([...activationMap(negative, method)]).toEqual([0, 0, 0, 0]);
});

test('gradients that are no numbers are an error', () => {
  const damaged = { ...gradient, gradients: gradient.gradients.with(3, Infinity) };
  expect(() => activationMap(damaged, 'grad-cam')).toThrow(
    'grad-cam: expected finite gradients, got Infinity; the weights are too large or damaged: use another model',
  );
});

test('a map is enlarged as PyTorch enlarges it', () => {
  // F.interpolate(torch.tensor([[[[0., 1, 4], [2, 6, 3]]]]), size=(4, 5), mode='bilinear')
  const expected = [
    [0, 0.4, 1, 2.8, 4],
    [0.5, 1.2, 2.25, 3.15, 3.75],
    [1.5, 2.8, 4.75, 3.85, 3.25],
    [2, 3.6, 6, 4.2, 3],
  ].flat();
  const enlarged = enlarge(Float32Array.of(0, 1, 4, 2, 6, 3), [2, 3], [4, 5]);
  expected.forEach((value, i) => {
    expect(enlarged[i]).toBeCloseTo(value, 5);
  });
  expect([...enlarge(Float32Array.of(1, 2, 3, 4), [2, 2], [2, 2])]).toEqual([1, 2, 3, 4]);
});
