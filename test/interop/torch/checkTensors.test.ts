import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';
import { checkTensors } from '#inkling/interop/torch/checkTensors.js';

const tensor = (...shape: number[]): SavedTensor => ({ dtype: 'F32', shape, values: new Float32Array() });
const check = (
  expected: Readonly<Record<string, string>>,
  received: Readonly<Record<string, SavedTensor>>,
) => {
  const options = { model: { name: 'net' }, who: 'x' };
  checkTensors(new Map(Object.entries(expected)), new Map(Object.entries(received)), options);
};

test('accepts what is expected, with and without counters', () => {
  const expected = { w: 'F32 [2]', 'bn.num_batches_tracked': 'I64 []' };
  check(expected, { w: tensor(2) });
  check(expected, {
    w: tensor(2),
    'bn.num_batches_tracked': { dtype: 'I64', shape: [], values: BigInt64Array.of(1n) },
  });
});

test.each<[string, string, Readonly<Record<string, SavedTensor>>, string]>([
  [
    'almost the same name and the same shape',
    'layer1.conv.weight',
    { 'layer.conv.weight': tensor(2), 'layer2.conv.weight': tensor(3) },
    'layer1.conv.weight (closest: layer.conv.weight, which is F32 [2] too)',
  ],
  [
    'another module in front',
    'conv.weight',
    { 'cone.weight': tensor(2), 'a.long.name.of.a.module.conv.weight': tensor(2) },
    'conv.weight (closest: a.long.name.of.a.module.conv.weight, which is F32 [2] too)',
  ],
  [
    'only the shape',
    'classifier.weight',
    { 'fc.w': tensor(2), stem: tensor(3) },
    'classifier.weight (perhaps fc.w, the only unexpected F32 [2])',
  ],
  [
    'only the name',
    'fc.weight',
    { 'fcs.weight': tensor(5) },
    'fc.weight (closest: fcs.weight, but it is F32 [5], not F32 [2])',
  ],
  ['nothing in common', 'fc.weight', { stem: tensor(3) }, 'fc.weight'],
])('names the unexpected tensor with %s', (_, name, received, missing) => {
  expect(() => check({ [name]: 'F32 [2]' }, received)).toThrow(
    new InklingError(
      `x: expected the tensors of the model net; missing: ${missing}; unexpected: ${Object.keys(received).join(', ')}; ` +
        'choose the model that they were saved from',
    ),
  );
});

test('lists the first ones of hundreds, and counts the others', () => {
  const names = (prefix: string) => Array.from({ length: 300 }, (_, index) => `${prefix}${index}`);
  const expected = Object.fromEntries(names('a.').map((name) => [name, 'F32 [1]']));
  const received = Object.fromEntries(names('other').map((name) => [name, tensor(2)]));
  const first = (prefix: string) => names(prefix).slice(0, 10).join(', ');
  expect(() => check(expected, received)).toThrow(
    new InklingError(
      `x: expected the tensors of the model net; missing: ${first('a.')}, and 290 more; unexpected: ${first('other')}, and 290 more; ` +
        'choose the model that they were saved from',
    ),
  );
});
