import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { parseNpy } from '#inkling/data/arrays/npy.js';
import { readArrayFiles } from '#inkling/data/arrays/readArrays.js';
import { load } from '../imageFolder/samples.js';
import { temporaryFolder } from '../tinySet.js';
import { int64, npy, npz } from './numpy.js';
import { loadedSet } from '../loaded.js';

const COUNT = 12;
const pixels = Uint8Array.from({ length: COUNT * 4 }, (_, i) => i * 5);
const labels = Array.from({ length: COUNT }, (_, i) => i % 2);

function write(name: string, bytes: Uint8Array | string, folder = temporaryFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('loads the arrays of mnist.npz by their names, with both parts', async () => {
  const path = write(
    'mnist.npz',
    npz({
      x_train: npy('|u1', [COUNT, 2, 2], pixels),
      y_train: npy('|u1', [COUNT], Uint8Array.from(labels)),
      x_test: npy('|u1', [2, 2, 2], pixels.subarray(0, 8)),
      y_test: npy('<i8', [2], int64([1, 0])),
    }),
  );
  const { name, shape, classes, train, test: tested } = await load(path);
  expect({ name, shape, classes }).toEqual({ name: 'mnist', shape: [2, 2, 1], classes: ['0', '1'] });
  expect([...loadedSet(train).images]).toEqual([...pixels]);
  expect([...train.labels]).toEqual(labels);
  expect([...tested.labels]).toEqual([1, 0]);
});

test('loads the arrays of MedMNIST, with validation images and channels', async () => {
  const arrays = ['train', 'val', 'test'].flatMap((part) => [
    [`${part}_images`, npy('|u1', [4, 2, 2, 3], pixels.subarray(0, 48))] as const,
    [`${part}_labels`, npy('|u1', [4, 1], Uint8Array.from([0, 1, 0, 1]))] as const,
  ]);
  const dataset = await load(write('med.npz', npz(Object.fromEntries(arrays))));
  expect(dataset).toMatchObject({ shape: [2, 2, 3], validationCount: 4 });
  expect([dataset.train.labels.length, dataset.test.labels.length]).toEqual([8, 4]);
});

test('loads .npy files in a folder, flat images, floats, and text labels', async () => {
  const folder = temporaryFolder();
  const floats = Float32Array.from(pixels, (value) => value / 255);
  write('X.npy', npy('<f4', [COUNT, 4], new Uint8Array(floats.buffer)), folder);
  const names = Buffer.concat(labels.map((label) => Buffer.from(label === 0 ? 'cat' : 'dog', 'utf-16le')));
  const codePoints = Uint8Array.from({ length: names.length * 2 }, (_, i) =>
    i % 4 === 0 ? names[(i / 4) * 2] : 0,
  );
  write('y.npy', npy('<U3', [COUNT], codePoints), folder);
  const { classes, train, test: tested, source } = await load(folder);
  expect(classes).toEqual(['cat', 'dog']);
  expect(train.labels.length + tested.labels.length).toBe(COUNT);
  expect(source.notes).toContain(
    'read as 12 images from X as 2×2 grayscale; labels from y; values from 0 to 1',
  );
  const [{ pixels: read }] = readArrayFiles([join(folder, 'X.npy')], folder).parts;
  expect([...read]).toEqual([...pixels]);
});

test('loads a folder of tables by the parts in their names', async () => {
  const folder = temporaryFolder();
  const table = (count: number) =>
    ['label,1x1,1x2,2x1,2x2', ...Array.from({ length: count }, (_, i) => `${i % 2},${i},1,2,3`)].join('\n');
  write('mnist_train.csv', table(8), folder);
  write('mnist_test.csv', table(4), folder);
  write('sample_submission.csv', 'ImageId,Label\n1,0\n', folder);
  const { train, test: tested, source } = await load(folder);
  expect([train.labels.length, tested.labels.length]).toEqual([8, 4]);
  expect(source.notes?.at(-1)).toBe(
    'ignored: sample_submission.csv, whose names do not indicate a part of the data set',
  );
});

test('parses arrays in Fortran’s order and big-endian numbers', () => {
  const fortran = npy('|u1', [2, 3], Uint8Array.from([1, 4, 2, 5, 3, 6]), true);
  expect([...parseNpy(fortran, 'a.npy').values]).toEqual([1, 2, 3, 4, 5, 6]);
  const bigEndian = npy('>i2', [2], Uint8Array.from([0x01, 0x00, 0x00, 0xff]));
  expect([...parseNpy(bigEndian, 'a.npy').values]).toEqual([256, 255]);
  const half = npy('<f2', [2], Uint8Array.from([0x00, 0x3c, 0x00, 0x38]));
  expect([...parseNpy(half, 'a.npy').values]).toEqual([1, 0.5]);
});

test('reads planar color images', () => {
  const planar = npy('|u1', [1, 3, 1, 2], Uint8Array.from([1, 2, 3, 4, 5, 6]));
  const [part] = readArrayFiles([write('x.npy', planar)], 'x.npy').parts;
  expect(part.shape).toEqual([1, 2, 3]);
  expect([...part.pixels]).toEqual([1, 3, 5, 2, 4, 6]);
});

test.each([
  ['a.npy', 'hello', ': expected a NumPy array (.npy), got something else; save it with numpy.save'],
  ['a.npy', npy('|u1', [9], new Uint8Array(3)), ': the NumPy array is truncated; get a complete copy'],
  [
    'a.npy',
    npy('|u1', [2], new Uint8Array(3)),
    ': has 131 bytes, expected 130 for an array of 2; save one array with numpy.save',
  ],
  [
    'a.npy',
    npy('|u1', [NaN], new Uint8Array(3)),
    ': the shape of the NumPy array is damaged; get a complete copy',
  ],
  [
    'a.npy',
    npy('|O', [9], new Uint8Array(3)),
    ': contains Python objects, expected numbers or text; convert the array with astype("uint8") or astype(str), and save it again',
  ],
  [
    'x.npy',
    npy('<f4', [1, 2, 2], new Uint8Array(Float32Array.from([0, -1, 0, 1]).buffer)),
    ': x: contains the value -1, expected pixels from 0 to 255, or from 0 to 1; save the pixels before they are normalized',
  ],
  [
    'a.npz',
    npz({ y_train: npy('|u1', [1], new Uint8Array(1)) }),
    ': expected an array of images, such as x_train of the shape 60000×28×28, got y_train (1)',
  ],
])('rejects %s', (name, bytes, problem) => {
  const path = write(name, bytes);
  expect(() => readArrayFiles([path], path)).toThrow(new InklingError(`${path}${problem}`));
});

test('rejects an .npz file that is damaged', () => {
  const path = write('a.npz', 'hello');
  expect(() => readArrayFiles([path], path)).toThrow(`${path}: expected an archive of NumPy arrays (.npz)`);
});

test('detects every change of a byte of an .npz file that matters', () => {
  const bytes = npz({ x_train: npy('|u1', [2, 2, 2], Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)) });
  const path = write('a.npz', bytes);
  const [expected] = readArrayFiles([path], path).parts;
  for (const at of bytes.keys()) {
    const damaged = bytes.slice();
    damaged[at] ^= 0x20;
    writeFileSync(path, damaged);
    try {
      // Times and comments, for example, may be anything.
      expect(readArrayFiles([path], path).parts[0].pixels).toEqual(expected.pixels);
    } catch (error) {
      expect(error).toBeInstanceOf(InklingError);
    }
  }
  for (const length of bytes.keys()) {
    writeFileSync(path, bytes.subarray(0, length));
    expect(() => readArrayFiles([path], path)).toThrow(InklingError);
  }
});
