import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { decodeStateDict } from '#inkling/interop/decodeStateDict.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';
import { bitFlips, truncations, undetectedDamage } from '../../../helpers/damage.js';
import { legacyOfTorch, moduleOfTorch, zipOfTorch } from './savedByTorch.js';
import {
  call,
  dictionary,
  globalOf,
  int,
  legacyFile,
  list,
  none,
  type Part,
  raw,
  storage,
  tensor,
  text,
  tuple,
  uint32,
  zipFile,
} from './torchFiles.js';

const f32 = (shape: number[], ...values: number[]): SavedTensor => ({
  dtype: 'F32',
  shape,
  values: Float32Array.from(values),
});
const i64 = (shape: number[], ...values: number[]): SavedTensor => ({
  dtype: 'I64',
  shape,
  values: BigInt64Array.from(values.map(BigInt)),
});
const decode = (bytes: Uint8Array) => decodeStateDict(bytes, 'x');
const oneTensor = (value: Part = tensor()) => dictionary({ w: value });

/** The tensors of `zipOfTorch` and `legacyOfTorch`, as `.float()` and `.long()` return them. */
const saved: [string, SavedTensor][] = [
  ['half', f32([2], 1.5, -2)],
  ['bfloat', f32([2], 1.5, -3.00405527047391e38)],
  ['double', f32([1], 0.3333333432674408)],
  ['transposed', f32([4, 3], 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11)],
  ['sliced', f32([2, 2], 4, 6, 8, 10)],
  ['first', f32([3], 0, 1, 2)],
  ['second', f32([4], 2, 3, 4, 5)],
  ['parameter', f32([2], 1, 1)],
  ['count', i64([], 7)],
  ['flags', i64([2], 1, 0)],
  ['expanded', f32([2, 2], 1, 1, 1, 1)],
  ['empty', f32([0, 3])],
  ['noted', f32([1], 5)],
];

test('reads what PyTorch saved, in both formats', () => {
  const { tensors, dictionary, metadata } = decode(zipOfTorch);
  expect([...tensors]).toEqual(saved);
  expect([dictionary, metadata]).toEqual(['model', {}]);
  const legacy = decode(legacyOfTorch);
  expect([...legacy.tensors]).toEqual(saved);
  expect(legacy.dictionary).toBeUndefined();
});

test('reads the state dict of a module, whose attributes do not matter', () => {
  expect([...decode(moduleOfTorch).tensors]).toEqual([
    ['fc.weight', f32([1, 2], 0.5, -1)],
    ['bn.weight', f32([1], 1)],
    ['bn.bias', f32([1], 0)],
    ['bn.running_mean', f32([1], 0)],
    ['bn.running_var', f32([1], 1)],
    ['bn.num_batches_tracked', i64([], 0)],
  ]);
});

test.each([
  ['IntStorage', Int32Array.of(-1, 2)],
  ['ShortStorage', Int16Array.of(-1, 2)],
  ['CharStorage', Int8Array.of(-1, 2)],
  ['LongStorage', BigInt64Array.of(-1n, 2n)],
])('reads integers of %s', (type, values) => {
  const value = oneTensor(tensor({ type, size: 2, shape: [2] }));
  for (const file of [zipFile(value, { 0: values }), legacyFile(value, { 0: values })]) {
    expect(decode(file).tensors.get('w')).toEqual(i64([2], -1, 2));
  }
});

test('reads an ordered dictionary of Python 2, with texts of bytes', () => {
  const name = raw('U\x01w');
  expect(
    decode(zipFile(call('collections.OrderedDict', list(list(name, tensor()))))).tensors.get('w'),
  ).toEqual(f32([4], 1, 2, 3, 4));
});

test.each<[string, Part, string | undefined]>([
  ['the file as a whole', oneTensor(), undefined],
  [
    'state_dict',
    dictionary({ epoch: int(3), state_dict: oneTensor(), model: text('resnet18') }),
    'state_dict',
  ],
  ['model_state_dict', dictionary({ model_state_dict: oneTensor() }), 'model_state_dict'],
  ['nested ones', dictionary({ model: dictionary({ state_dict: oneTensor() }) }), 'model.state_dict'],
  [
    'weights rather than their average',
    dictionary({ model_ema: dictionary({}), model: oneTensor() }),
    'model',
  ],
  ['the average, if it is alone', dictionary({ state_dict_ema: oneTensor() }), 'state_dict_ema'],
  [
    'the average of a wrapped model',
    dictionary({
      model_ema: dictionary({ n_averaged: tensor({ shape: [], strides: [] }), 'module.w': tensor() }),
    }),
    'model_ema',
  ],
])('finds %s, and states where', (_, value, expected) => {
  const { tensors, dictionary } = decode(zipFile(value));
  expect(dictionary).toBe(expected);
  expect([...tensors.values()]).toEqual([f32([4], 1, 2, 3, 4)]);
});

const SAVE =
  'save only the weights in Python: torch.save(model.state_dict(), "weights.pt"), which needs no classes to be read';
const ONLY = 'x: expected only tensors, dictionaries, lists, numbers, and texts, got ';
const whole = (value: string) => `x: expected a state_dict, got ${value}; ${SAVE}`;
const many = (count: number, part: string) => raw(part.repeat(count));

describe('rejects the pickle', () => {
  test.each<[string, Part, string]>([
    [
      'that executes a command',
      raw(globalOf('os.system'), tuple(text('touch /tmp/x')), 'R'),
      `${ONLY}"os.system", which Python would have to import; ${SAVE}`,
    ],
    [
      'that executes a command with protocol 4',
      raw('\x8c\x08builtins\x8c\x04eval\x93', tuple(text('1')), 'R'),
      `${ONLY}"builtins.eval", which Python would have to import; ${SAVE}`,
    ],
    [
      'of a model with its classes',
      raw(globalOf('torchvision.models.resnet.ResNet'), ')\x81'),
      `${ONLY}"torchvision.models.resnet.ResNet", which Python would have to import; ${SAVE}`,
    ],
    [
      'that builds an object',
      raw(globalOf('collections.OrderedDict'), ')\x81'),
      `x: got the pickle operation NEWOBJ, which weights do not need; ${SAVE}`,
    ],
    [
      'of an instance of an old class',
      raw('(ios\nsystem\n'),
      `x: got the pickle operation INST, which weights do not need; ${SAVE}`,
    ],
    [
      'with an unknown operation',
      raw('\xff'),
      `x: got the pickle operation 0xff, which weights do not need; ${SAVE}`,
    ],
    [
      'with a new protocol',
      raw('\x80\x09N'),
      'x: expected a pickle protocol up to 5, got 9; get a clean copy',
    ],
    [
      'that calls a tensor',
      raw(tensor(), ')R'),
      'x: expected one that builds tensors as a function, got a tensor; get a clean copy',
    ],
    [
      'that calls a storage',
      call('torch.FloatStorage', int(2 ** 30)),
      'x: expected one that builds tensors as a function, got torch.FloatStorage; get a clean copy',
    ],
    [
      'with a huge integer',
      raw('\x8a\xff', '\x01'.repeat(255)),
      'x: expected integers of at most 16 bytes, got 255; get a clean copy',
    ],
    [
      'with a huge text',
      raw('X', uint32(0xffffffff)),
      'x: expected texts of at most 1,048,576 bytes, got 4,294,967,295; get a clean copy',
    ],
    ['with a text beyond its end', raw('X', uint32(1000)), 'x: it is truncated; get a complete copy'],
    [
      'with a text that is not UTF-8',
      raw('X', uint32(1), '\xff'),
      'x: expected texts in UTF-8; get a clean copy',
    ],
    ['with a name without an end', raw('cos'), 'x: it is truncated; get a complete copy'],
    [
      'with deep nesting',
      many(101, '('),
      `x: expected at most 100 levels of lists and dictionaries, got more; ${SAVE}`,
    ],
    [
      'with too many objects',
      many(2 ** 20, ']'),
      `x: expected a pickle of at most 1,048,576 operations, got more; ${SAVE}`,
    ],
    ['with lists of lists that would expand to 2^50', raw(']q\0', many(50, 'h\0h\0\x86q\0')), damaged()],
    [
      'that copies a list again and again',
      raw(
        globalOf('collections.OrderedDict'),
        'q\0',
        tuple(list(...Array.from({ length: 1000 }, (_, key) => tuple(int(key), none)))),
        'q\x01',
        'h\0h\x01R'.repeat(2000),
      ),
      `x: expected a pickle of at most 1,048,576 operations, got more; ${SAVE}`,
    ],
    [
      'with a tensor of many dimensions',
      oneTensor(tensor({ shape: Array.from({ length: 65 }, () => 1) })),
      'x: expected tensors of at most 64 dimensions, got 65; get a clean copy',
    ],
    ['with an unknown reference', raw('h\x05'), damaged()],
    ['that ends with two values', raw('NN'), damaged()],
    ['that ends with a mark', raw('(N'), damaged()],
    ['that pops nothing', raw('\x87'), damaged()],
    ['with a mark that is missing', raw('t'), damaged()],
    ['with a key without a value', raw('}(Nu'), damaged()],
    [
      'with a list as a key',
      raw('}]Ns'),
      'x: expected a text or a number as a key of a dictionary, got a list; get a clean copy',
    ],
    ['that adds entries to a list', raw(']NNs'), entriesTo('a list')],
    ['that gives a tensor attributes', raw(tensor(), '}b'), entriesTo('a tensor')],
    [
      'that appends to a number',
      raw(int(1), 'Na'),
      'x: expected a list as the target of values, got the number 1; get a clean copy',
    ],
    [
      'with the id of something else',
      raw(tuple(text('module'), none), 'Q'),
      'x: expected its class as the id of a storage, got the text "module"; get a clean copy',
    ],
    [
      'with a storage of a negative size',
      storage({ size: -1 }),
      'x: expected at least 0 as the size of a storage, got the number -1; get a clean copy',
    ],
    [
      'with a storage of two types',
      dictionary({ a: tensor(), b: tensor({ type: 'LongStorage' }) }),
      'x: storage "0": expected 4 values of F32 as before, got 4 of I64; get a clean copy',
    ],
    [
      'with tensors of an unknown type',
      oneTensor(tensor({ type: 'ComplexFloatStorage' })),
      'x: expected tensors of FloatStorage, DoubleStorage, HalfStorage, BFloat16Storage, LongStorage, IntStorage, ShortStorage, ' +
        'CharStorage, ByteStorage, BoolStorage, got torch.ComplexFloatStorage; convert them with .float() and save them again',
    ],
    [
      'with a tensor without a storage',
      oneTensor(tensor({ storage: none })),
      'x: expected a storage as the storage of a tensor, got None; get a clean copy',
    ],
    [
      'with a parameter without data',
      call('torch._utils._rebuild_parameter', none),
      'x: expected a tensor as the data of a parameter, got None; get a clean copy',
    ],
  ])('%s', (_, value, message) => {
    expect(() => decode(zipFile(value))).toThrow(new InklingError(message));
    expect(() => decode(legacyFile(value))).toThrow(new InklingError(message));
  });
});

function damaged(): string {
  return 'x: its pickle is damaged; get a clean copy';
}

function entriesTo(what: string): string {
  return `x: expected a dictionary as the target of entries, got ${what}; get a clean copy`;
}

describe('rejects what is no state dict:', () => {
  test.each<[string, Part, string]>([
    ['a tensor', tensor(), whole('a tensor')],
    ['deep tuples, which take no stack', raw('N', many(1_000_000, '\x85')), whole('a list')],
    ['a text', text('weights'), whole('the text "weights"')],
    [
      'a dictionary that contains itself',
      raw('}q\0', text('model'), 'h\0s'),
      `x: expected a state_dict, got only dictionaries in model.model.model.model; ${SAVE}`,
    ],
    [
      'other dictionaries',
      dictionary({ encoder: oneTensor(), head: oneTensor() }),
      `x: expected only tensors in the state_dict, got also "encoder", "head"; ${SAVE}`,
    ],
    [
      'an empty dictionary',
      dictionary({}),
      `x: expected only tensors in the state_dict, got also nothing; ${SAVE}`,
    ],
    [
      'tensors and something else',
      dictionary({ w: tensor(), epoch: int(3) }),
      `x: expected only tensors in the state_dict, got also "epoch"; ${SAVE}`,
    ],
    [
      'a name with a line break',
      dictionary({ 'a\nb': tensor() }),
      'x: its state_dict: expected tensor names of 1 to 256 printable characters, got one that starts with "a\\nb"',
    ],
  ])('%s', (_, value, message) => {
    expect(() => decode(zipFile(value))).toThrow(new InklingError(message));
  });
});

const LIMIT = `x: tensor "w": expected tensors of at most 67,108,864 bytes in total, got more; ${SAVE}`;

describe('rejects a tensor', () => {
  const within = (view: string) =>
    `x: tensor "w": expected values within its storage of 4, got ${view}; get a clean copy`;
  test.each<[string, Parameters<typeof tensor>[0], string]>([
    ['beyond its storage', { shape: [5] }, within('sizes [5], strides [1], and offset 0')],
    ['with an offset beyond its storage', { offset: 1 }, within('sizes [4], strides [1], and offset 1')],
    [
      'with a stride beyond its storage',
      { shape: [2], strides: [4] },
      within('sizes [2], strides [4], and offset 0'),
    ],
    [
      'with a negative stride',
      { shape: [2], strides: [-1], offset: 1 },
      'x: tensor "w": expected no negative numbers, got sizes [2], strides [-1], and offset 1; get a clean copy',
    ],
    [
      'with a negative offset',
      { shape: [2], offset: -1 },
      'x: tensor "w": expected no negative numbers, got sizes [2], strides [1], and offset -1; get a clean copy',
    ],
    [
      'with a negative size',
      { shape: [-2] },
      'x: tensor "w": expected no negative numbers, got sizes [-2], strides [1], and offset 0; get a clean copy',
    ],
    [
      'with other strides than sizes',
      { strides: [1, 1] },
      'x: tensor "w": expected as many strides as sizes, got 1 sizes and 2 strides; get a clean copy',
    ],
    ['that expands a value too often', { shape: [2 ** 24 + 1], strides: [0] }, LIMIT],
    ['of a size that is not countable', { shape: [2 ** 30, 2 ** 30, 2 ** 30], strides: [0, 0, 0] }, LIMIT],
  ])('%s', (_, parts, message) => {
    expect(() => decode(zipFile(oneTensor(tensor(parts))))).toThrow(new InklingError(message));
  });

  test('of many that share a storage and together expand too far', () => {
    const half = tensor({ shape: [2 ** 23 + 1], strides: [0] });
    expect(() => decode(zipFile(dictionary({ v: half, w: half })))).toThrow(new InklingError(LIMIT));
  });
});

describe('rejects the archive', () => {
  const other = (name: string) => zipFile(oneTensor(), undefined, { [name]: raw('x') });
  const path = (name: string) =>
    `x: expected the names of files in one folder, got ${name}; use a file that torch.save wrote`;
  test.each<[string, Uint8Array, string]>([
    ['with a path that leads out of it', other('../evil'), path('"../evil"')],
    ['with an absolute path', other('/etc/passwd'), path('"/etc/passwd"')],
    ['with a path of Windows', other('C:\\evil'), path('"C:\\\\evil"')],
    [
      'with two pickles',
      other('other/data.pkl'),
      'x: expected one file data.pkl in the folder of the archive, got 2; use a file that torch.save wrote',
    ],
    [
      'without the values of a storage',
      zipFile(oneTensor(), {}),
      'x: tensor "w": expected the values of storage "0", got none; get a complete copy',
    ],
    [
      'with a key that leads out of it',
      zipFile(oneTensor(tensor({ key: '../data.pkl' }))),
      'x: tensor "w": expected the values of storage "../data.pkl", got none; get a complete copy',
    ],
    [
      'with a storage of another size',
      zipFile(oneTensor(), { 0: Float32Array.of(1, 2, 3) }),
      'x: tensor "w": storage "0": expected 16 bytes for 4 values of F32, got 12; get a clean copy',
    ],
    [
      'in big-endian byte order',
      zipFile(oneTensor(), undefined, { 'archive/byteorder': raw('big') }),
      'x: expected values in little-endian byte order, got big-endian; save it on another machine',
    ],
    ['that is truncated', zipFile(oneTensor()).subarray(0, -1), 'x: it is truncated, or no zip archive'],
  ])('%s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(new InklingError(message));
  });

  test('with a compressed file, which could expand without a limit', async () => {
    const { zipSync } = await import('fflate');
    const bomb = Uint8Array.from(zipSync({ 'archive/data.pkl': new Uint8Array(2 ** 24) }));
    expect(() => decode(bomb)).toThrow(
      new InklingError(
        'x: archive/data.pkl: expected a file that is not compressed, as torch.save writes it, got compression method 8; ' +
          'load it with torch.load and save it again',
      ),
    );
  });
});

describe('rejects the file of an old version', () => {
  const value = oneTensor();
  test.each<[string, Uint8Array, string]>([
    [
      'with another version',
      legacyFile(value, undefined, { version: 1002 }),
      'x: expected 1001 as the version of its format, got the number 1002; get a clean copy',
    ],
    [
      'in big-endian byte order',
      legacyFile(value, undefined, { littleEndian: '\x89' }),
      'x: expected values in little-endian byte order, got big-endian; save it on another machine',
    ],
    [
      'with a storage of another size',
      legacyFile(value, undefined, { counts: { 0: 0x7fffffff } }),
      'x: storage "0": expected 16 bytes for 4 values of F32, got 8,589,934,588; get a clean copy',
    ],
    [
      'without the values of a storage',
      legacyFile(value, {}),
      'x: tensor "w": expected the values of storage "0", got none; get a complete copy',
    ],
    [
      'with an unknown storage',
      legacyFile(value, { 5: Float32Array.of(1) }),
      'x: expected each of its storages once, got "5"; get a clean copy',
    ],
    ['that is truncated', legacyFile(value).subarray(0, -1), 'x: it is truncated; get a complete copy'],
    [
      'that continues',
      raw(legacyFile(value), '\0\0'),
      'x: expected its end, got 2 more bytes; get a clean copy',
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => decode(bytes)).toThrow(new InklingError(message));
  });
});

test('detects every truncation, and in a zip archive every flipped bit', async () => {
  expect(await undetectedDamage(legacyOfTorch, truncations(legacyOfTorch), decode)).toEqual([]);
  expect(await undetectedDamage(zipOfTorch, truncations(zipOfTorch), decode)).toEqual([]);
  expect(await undetectedDamage(moduleOfTorch, bitFlips(moduleOfTorch), decode)).toEqual([]);
});

test('recognizes files by their content: a safetensors file whose length starts like a pickle, and one of another program', () => {
  const header = JSON.stringify({ w: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }).padEnd(0x280);
  const file = raw('\x80\x02\0\0\0\0\0\0', header, '\0\0\0\0');
  expect(decode(file).tensors.get('w')).toEqual(f32([1], 0));
  expect(() => decode(raw('\x80\x04K\x01.      '))).toThrow(
    'x: expected a safetensors file, got a Python pickle; save the weights with PyTorch instead: ',
  );
});
