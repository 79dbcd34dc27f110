import { expect, test } from 'vitest';
import { resolveModel } from '#inkling/models/resolve.js';
import { depthwiseNetwork, efficientNetLite0, reportCnn, resNet18 } from '../../bench/networks/models.js';

// Source: timm's and torchvision's tables of models. Multiply-adds, in millions, are rounded there.
test.each([
  [efficientNetLite0(), 4_652_008, 385, 410],
  [resNet18(), 11_689_512, 1_810, 1_830],
])('$name has the size of the original', (model, parameters, least, most) => {
  const { parameterCount, multiplyAdds } = resolveModel(model);
  expect(parameterCount).toBe(parameters);
  expect(multiplyAdds / 1e6).toBeGreaterThan(least);
  expect(multiplyAdds / 1e6).toBeLessThan(most);
});

test('blocks of the depthwise network are residual where their shapes allow', () => {
  const { layers } = depthwiseNetwork();
  expect(layers.filter(({ type }) => type === 'residual')).toHaveLength(3);
  expect(layers.some((layer) => layer.type === 'conv2d' && layer.groups === 96)).toBe(true);
});

test("the report's network has different names for different sizes", () => {
  const names = [reportCnn(1), reportCnn(4), reportCnn(1, 56), reportCnn(4, 56)].map(({ name }) => name);
  expect(new Set(names).size).toBe(4);
  expect(names[0]).toBe('report-cnn');
});
