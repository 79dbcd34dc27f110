import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { decodeSafetensors } from '#inkling/interop/decodeSafetensors.js';
import { goldenFile, noGolden } from '../helpers/golden.js';

/** A file as the format specifies it: length, header, data. */
function fileOf(header: unknown, dataBytes = 0, length?: bigint): Uint8Array {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(length ?? BigInt(text.length));
  return new Uint8Array(Buffer.concat([prefix, text, Buffer.alloc(dataBytes)]));
}

/** CRC-32, bit by bit from its definition. */
function crc32Of(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ ((crc & 1) * 0xedb88320);
  }
  return ~crc >>> 0;
}

const f32 = (shape: number[], begin: number, end: number): object => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

const f32Tensor = (...values: number[]): SavedTensor => ({
  dtype: 'F32',
  shape: [values.length],
  values: Float32Array.from(values),
});

const tensors = new Map<string, SavedTensor>([
  ['b.weight', { dtype: 'F32', shape: [2, 2], values: Float32Array.of(1, -0, NaN, 1e-45) }],
  ['b.count', { dtype: 'I64', shape: [], values: BigInt64Array.of(-(2n ** 63n)) }],
  ['a', { dtype: 'F32', shape: [0, 3], values: new Float32Array() }],
  ['10', { dtype: 'F32', shape: [1], values: Float32Array.of(Infinity) }],
]);

test('writes the bytes that the format specifies', () => {
  const values = Float32Array.of(1, 2).subarray(1);
  const file = encodeSafetensors(new Map([['w', { dtype: 'F32', shape: [1], values }]]), { format: 'pt' });
  const header =
    '{"__metadata__":{"inkling.checksum":"crc32:CHECKSUM","format":"pt"},' +
    '"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}';
  const length = Math.ceil(header.length / 8) * 8;
  const withChecksum = (checksum: string) =>
    Buffer.concat([
      Buffer.from([length, 0, 0, 0, 0, 0, 0, 0]),
      Buffer.from(header.replace('CHECKSUM', checksum).padEnd(length)),
      Buffer.from([0, 0, 0, 0x40]),
    ]);
  const content = '[[["format","pt"]],[["w","F32",[1],0,4]]]';
  const checksum = crc32Of(Buffer.concat([Buffer.from(content), Buffer.from([0, 0, 0, 0x40])]));
  expect(Buffer.from(file)).toEqual(withChecksum(checksum.toString(16).padStart(8, '0')));
});

test('reads files without a checksum, and files that another program has changed and reordered', () => {
  const file = fileOf(
    { __metadata__: { format: 'pt', 'inkling.checksum': 'crc32:12345678' }, w: f32([1], 0, 4) },
    4,
  );
  const { tensors, metadata } = decodeSafetensors(file, 'x');
  expect([...tensors.keys()]).toEqual(['w']);
  expect(metadata).toEqual({ format: 'pt' });
});

test('reads a file whose header another program has written again, with the prefixes of wrappers', () => {
  const file = encodeSafetensors(
    new Map([['w', { dtype: 'F32', shape: [1], values: Float32Array.of(2) }]]),
    {},
  );
  const text = Buffer.from(file.subarray(8, -4)).toString().trimEnd();
  const rewritten = (name: string) =>
    new Uint8Array(Buffer.concat([fileOf(text.replace('"w"', `"${name}"`)), file.subarray(-4)]));
  for (const name of ['w', 'module.w', '_orig_mod.module.w']) {
    expect([...decodeSafetensors(rewritten(name), 'x').tensors.keys()]).toEqual([name]);
  }
  expect(() => decodeSafetensors(rewritten('v'), 'x')).toThrow('x: damaged: ');
});

test('reads several tensors without values, whatever their names', () => {
  const empty = { dtype: 'F32', shape: [0], values: new Float32Array() } as const;
  const file = encodeSafetensors(
    new Map([
      ['b', empty],
      ['10', empty],
      ['a', empty],
    ]),
    {},
  );
  expect([...decodeSafetensors(file, 'x').tensors.keys()].sort()).toEqual(['10', 'a', 'b']);
});

test('rejects a file whose checksum is wrong', () => {
  const file = encodeSafetensors(tensors, {});
  file[file.length - 1] ^= 1;
  expect(() => decodeSafetensors(file, 'x')).toThrow(
    /^x: damaged: expected the checksum crc32:\w{8}, got crc32:\w{8}; get a clean copy, or, if another program has changed it, save it again without inkling.checksum in its metadata$/,
  );
});

test('preserves every bit, in the order of the data', () => {
  const file = encodeSafetensors(tensors, { note: 'ü "quoted"' });
  const decoded = decodeSafetensors(file, 'x');
  expect([...decoded.tensors]).toEqual([...tensors]);
  expect(decoded.metadata).toEqual({ note: 'ü "quoted"' });
  expect(encodeSafetensors(decoded.tensors, decoded.metadata)).toEqual(file);
});

test('reads data at any offset in memory, and copies it', () => {
  const file = encodeSafetensors(tensors, {});
  for (let offset = 0; offset < 8; offset++) {
    // A Buffer, whose `slice` does not copy.
    const moved = Buffer.alloc(file.length + 8).subarray(offset, offset + file.length);
    moved.set(file);
    const decoded = decodeSafetensors(moved, 'x').tensors;
    moved.fill(0);
    expect([...decoded]).toEqual([...tensors]);
  }
  const unpadded = fileOf({ w: f32([1], 0, 4) }, 4);
  expect(unpadded.length % 4).not.toBe(0);
  expect(decodeSafetensors(unpadded, 'x').tensors.get('w')?.values).toEqual(Float32Array.of(0));
});

test('reads a header in another order than the data, and an empty file', () => {
  const file = fileOf({ late: f32([1], 4, 8), early: f32([1], 0, 4) }, 8);
  expect([...decodeSafetensors(file, 'x').tensors.keys()]).toEqual(['early', 'late']);
  expect(decodeSafetensors(fileOf({}), 'x')).toEqual({ tensors: new Map(), metadata: {} });
});

test('converts half, bfloat16, and float64 to float32 as PyTorch does', () => {
  // Saved by `safetensors.torch.save`, with the values that `.float()` returns.
  const file = Buffer.from(
    'qAAAAAAAAAB7ImQiOnsiZHR5cGUiOiJGNjQiLCJzaGFwZSI6WzNdLCJkYXRhX29mZnNldHMiOlswLDI0XX0sImIiOnsiZHR5cGUiOiJCRjE2Iiwic2hhcGUiOls0' +
      'XSwiZGF0YV9vZmZzZXRzIjpbMjQsMzJdfSwiaCI6eyJkdHlwZSI6IkYxNiIsInNoYXBlIjpbN10sImRhdGFfb2Zmc2V0cyI6WzMyLDQ2XX19ICBVVVVVVVXVP1nz' +
      '+MIfbqWBHUqc9IeCB0jAPxDAYn8BAAA+AIABAFCB/wP/ewB8',
    'base64',
  );
  const { tensors } = decodeSafetensors(file, 'x');
  expect(Object.fromEntries(tensors)).toEqual({
    d: f32Tensor(0.3333333432674408, -0, Infinity),
    b: f32Tensor(1.5, -2.25, 3.00405527047391e38, 9.183549615799121e-41),
    h: f32Tensor(1.5, -0, 5.960464477539063e-8, -2.002716064453125e-5, 6.097555160522461e-5, 65504, Infinity),
  });
});

const gap = 'x: tensor "b" leaves a gap before it: expected it to begin at byte 4, got 8';
const overlap = 'x: tensor "b" overlaps the previous tensor: expected it to begin at byte 4, got 0';
const offsets = 'x: tensor "a": expected 8 bytes for F32 [2], got bytes ';
const uncountable = 'x: tensor "a": shape: the product of its sizes is too large';

describe('rejects', () => {
  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(7), 'x: expected a safetensors file, got 7 bytes; get a complete copy'],
    [
      'a length beyond the file',
      fileOf('{}', 0, 3n),
      'x: expected a header of at most 2 bytes, got a length of 3; the file is truncated or not a safetensors file',
    ],
    [
      'a length of 64 bits',
      fileOf('{}', 0, 2n ** 64n - 1n),
      'x: expected a header of at most 2 bytes, got a length of 18446744073709551615; the file is truncated or not a safetensors file',
    ],
    [
      'an empty header',
      fileOf(''),
      'x: expected a header that starts with "{"; it is not a safetensors file',
    ],
    ['an array', fileOf([]), 'x: expected a header that starts with "{"; it is not a safetensors file'],
    [
      'a header that is not JSON',
      fileOf('{"a": '),
      'x: its header: expected JSON; it is damaged, get a complete copy',
    ],
    [
      'a header that is not UTF-8',
      fileOf('{}', 1, 3n).fill(0xff, 10),
      'x: expected a header in UTF-8; the file is damaged, get a complete copy',
    ],
    [
      'a duplicate name',
      fileOf('{"a{\\"":{"dtype":"F32","shape":[0],"data_offsets":[0,0]},"a\\u007b\\"":{}}'),
      'x: its header: has the key "a\\u007b\\"" twice; save it again',
    ],
    [
      'a duplicate key',
      fileOf('{"a":{"dtype":"I64","dtype":"F32","shape":[],"data_offsets":[0,4]}}', 4),
      'x: its header: has the key "dtype" twice; save it again',
    ],
    [
      'an empty name',
      fileOf({ '': f32([], 0, 4) }, 4),
      'x: expected tensor names of 1 to 256 printable characters, got one that starts with ""',
    ],
    [
      'a name with a line break',
      fileOf({ 'a\nb': f32([], 0, 4) }, 4),
      'x: expected tensor names of 1 to 256 printable characters, got one that starts with "a\\nb"',
    ],
    [
      'a long name',
      fileOf({ ['a'.repeat(257)]: f32([], 0, 4) }, 4),
      `x: expected tensor names of 1 to 256 printable characters, got one that starts with "${'a'.repeat(32)}"`,
    ],
    [
      'a name with a meaning in JavaScript',
      fileOf('{"__proto__":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}', 4),
      'x: expected 0 bytes of data, got 4; get a clean copy',
    ],
    ['a number for a tensor', fileOf({ a: 1 }), 'x: tensor "a": expected an object, got 1'],
    [
      'an unknown setting',
      fileOf({ a: { ...f32([], 0, 4), shap: [] } }, 4),
      'x: tensor "a": unknown setting "shap" (did you mean "shape"?); expected dtype, shape or data_offsets',
    ],
    [
      'a negative size',
      fileOf({ a: f32([-1], 0, 4) }, 4),
      'x: tensor "a": shape.0: expected at least 0, got -1',
    ],
    [
      'a fractional size',
      fileOf({ a: f32([0.5], 0, 2) }, 2),
      'x: tensor "a": shape.0: expected a whole number, got 0.5',
    ],
    ['sizes that overflow', fileOf({ a: f32([2 ** 30, 2 ** 30], 0, 4) }, 4), uncountable],
    ['sizes that would overflow without a 0', fileOf({ a: f32([2 ** 30, 2 ** 30, 0], 0, 0) }), uncountable],
    [
      'a huge size',
      fileOf({ a: f32([2 ** 40], 0, 4) }, 4),
      'x: tensor "a": expected 4398046511104 bytes for F32 [1099511627776], got bytes 0 to 4',
    ],
    ['more bytes than the shape requires', fileOf({ a: f32([2], 0, 12) }, 12), `${offsets}0 to 12`],
    ['an end before the beginning', fileOf({ a: f32([2], 8, 0) }, 8), `${offsets}8 to 0`],
    ['a gap', fileOf({ a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12), gap],
    ['an overlap', fileOf({ a: f32([1], 0, 4), b: f32([2], 0, 8) }, 8), overlap],
    [
      'a tensor outside the data',
      fileOf({ a: f32([2], 0, 8) }, 7),
      'x: tensor "a" ends at byte 8, but the data has 7 bytes; get a complete copy',
    ],
    [
      'bytes after the data',
      fileOf({ a: f32([2], 0, 8) }, 9),
      'x: expected 8 bytes of data, got 9; get a clean copy',
    ],
    [
      'metadata that is not text',
      fileOf({ __metadata__: { a: 1 } }),
      'x: its __metadata__: a: expected a string, got 1',
    ],
    ...['F8_E4M3', 'I32', 'U8'].map((dtype): [string, Uint8Array, string] => [
      dtype,
      fileOf({ 'fc.bias': { ...f32([1], 0, 8), dtype } }, 8),
      `x: tensor "fc.bias": expected F32, F64, F16, BF16, or I64 for counts, got ${dtype}; convert it with .float() and save it again`,
    ]),
  ])('%s', (_, file, message) => {
    expect(() => decodeSafetensors(file, 'x')).toThrow(InklingError);
    expect(() => decodeSafetensors(file, 'x')).toThrow(message);
  });

  test('a header above the limit, in a file that is long enough for it', () => {
    expect(() => decodeSafetensors(fileOf('{', 100_000_001, 100_000_001n), 'x')).toThrow(
      'x: expected a header of at most 100000000 bytes, got a length of 100000001;',
    );
  });

  test('a header that is nested too deeply', () => {
    const depth = 1_000_000;
    expect(() => decodeSafetensors(fileOf(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`), 'x')).toThrow(
      'x: its header: expected at most 100 levels of objects and arrays, got more',
    );
  });

  test('writing files that it would not read', () => {
    const tensor: SavedTensor = { dtype: 'F32', shape: [2], values: new Float32Array(3) };
    expect(() => encodeSafetensors(new Map([['a', tensor]]), {})).toThrow(
      new InklingError('safetensors: tensor "a": expected 2 values for [2], got 3'),
    );
    expect(() => encodeSafetensors(new Map([['__metadata__', { ...tensor, shape: [3] }]]), {})).toThrow(
      new InklingError(
        'safetensors: expected tensor names of 1 to 256 printable characters, got one that starts with "__metadata__"',
      ),
    );
  });
});

test('rejects every truncated file', () => {
  const file = encodeSafetensors(tensors, {});
  for (let length = 0; length < file.length; length++) {
    expect(() => decodeSafetensors(file.subarray(0, length), 'x')).toThrow(InklingError);
  }
});

test.for(['init', 'grad1', 'step10', 'final'])('preserves all of PyTorch’s %s tensors', (kind, { skip }) => {
  const file = goldenFile(`report-seed-0.${kind}.safetensors`) ?? skip(noGolden);
  const { tensors } = decodeSafetensors(file, kind);
  const again = encodeSafetensors(tensors, {});
  expect(decodeSafetensors(again, kind).tensors).toEqual(tensors);
  const dataBytes = [...tensors.values()].reduce((sum, { values }) => sum + values.byteLength, 0);
  expect(Buffer.from(again.subarray(-dataBytes)).equals(file.subarray(-dataBytes))).toBe(true);
});
