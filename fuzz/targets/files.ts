import { gzipSync } from 'node:zlib';
import { checksumOf } from '#inkling/core/checksum.js';
import { textAt } from '#inkling/core/files/signature.js';
import { pairArrays } from '#inkling/data/arrays/arrayParts.js';
import { parseNpy } from '#inkling/data/arrays/npy.js';
import { unpackNpz } from '#inkling/data/arrays/npz.js';
import { gunzip } from '#inkling/data/files/gunzip.js';
import { listTarBytes } from '#inkling/data/files/tarReaders.js';
import { parseIdxImages, parseIdxLabels, parseQmnistLabels } from '#inkling/data/idx/parseIdx.js';
import { parseTable } from '#inkling/data/table/parseTable.js';
import { int64, npy, npz } from '../../test/data/arrays/numpy.js';
import { makeTar, paxRecord } from '../../test/data/files/makeTar.js';
import type { Seed, Target } from '../target.js';

const MAX_UNPACKED_BYTES = 2 ** 22;

const all = () => true;
const none = () => false;

/** A seed, in memory of its own. */
export function seedOf(name: string, content: Uint8Array | string): Seed {
  return {
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content),
  };
}

function numbers(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, i) => (i * step) % 256);
}

function idx(sizes: readonly number[], values: readonly number[]): Uint8Array {
  const header = [0, 0, 0x08, sizes.length, ...sizes.flatMap((size) => [0, 0, 0, size])];
  return Uint8Array.from([...header, ...values]);
}

/** Content as text to compare. */
export function digest(...values: readonly (Uint8Array | string | number)[]): string {
  return values
    .map((value) => (value instanceof Uint8Array ? `${value.length} ${checksumOf(value)}` : String(value)))
    .join(' ');
}

export const idxTarget: Target = {
  name: 'idx',
  seeds: () =>
    Promise.resolve([
      seedOf('images', idx([3, 4, 5], numbers(60, 7))),
      seedOf('labels', idx([10], numbers(10, 1))),
      seedOf('QMNIST labels', Uint8Array.of(0, 0, 0x0c, 2, 0, 0, 0, 1, 0, 0, 0, 8, ...numbers(32, 3))),
    ]),
  read(bytes) {
    const parse = { 1: parseIdxLabels, 2: parseQmnistLabels }[bytes[3]];
    if (parse !== undefined) return digest(parse(bytes, 'file'));
    const { count, height, width, pixels } = parseIdxImages(bytes, 'file');
    return digest(count, height, width, pixels);
  },
  // The length is in the header, which has no checksum.
  protects: ({ isTruncated }) => isTruncated,
};

export const gzipTarget: Target = {
  name: 'gzip',
  seeds: () =>
    Promise.resolve([
      seedOf('numbers', gzipSync(Uint8Array.from(numbers(3000, 7)))),
      seedOf('stored', gzipSync(Uint8Array.from(numbers(200, 31)), { level: 0 })),
      seedOf('zeros', gzipSync(new Uint8Array(100_000))),
    ]),
  read: (bytes) => digest(gunzip(bytes, { bytes: MAX_UNPACKED_BYTES, advice: '' })),
  protects: all,
};

const TAR_BLOCK = 512;

export const tarTarget: Target = {
  name: 'tar',
  seeds: () =>
    Promise.resolve([
      seedOf(
        'files',
        makeTar([
          { name: 'cat/', type: '5' },
          { name: 'cat/1.png', content: Uint8Array.from(numbers(700, 3)) },
          { name: 'dog/2.png', content: Uint8Array.from(numbers(10, 3)), prefix: 'set' },
          { name: 'dog/3.png', type: '2' },
        ]),
      ),
      seedOf(
        'extensions',
        makeTar([
          {
            name: '././@LongLink',
            type: 'L',
            content: new TextEncoder().encode(`${'long/'.repeat(30)}1.png\0`),
          },
          { name: 'short', content: Uint8Array.of(1, 2, 3) },
          {
            name: 'pax',
            type: 'x',
            content: Buffer.concat([paxRecord('path', 'dog/ü.png'), paxRecord('size', '5')]),
          },
          { name: 'short', content: Uint8Array.of(1, 2, 3, 4, 5) },
        ]),
      ),
    ]),
  read(bytes) {
    const { files, folders } = listTarBytes(bytes, 'file');
    for (const file of files) {
      if (!(file.offset >= 0 && file.bytes >= 0 && file.offset + file.bytes <= bytes.length)) {
        throw new Error(`${file.name} lies outside the archive`);
      }
    }
    return JSON.stringify([files.map(({ name, offset, bytes: size }) => [name, offset, size]), folders]);
  },
  // The checksum is the sum of a header's bytes; names in extensions have none.
  protects: ({ isTruncated, isOneByte, seed }) => isTruncated || (isOneByte && seed === 0),
  repair(bytes) {
    const repaired = bytes.slice();
    for (let start = 0; start + TAR_BLOCK <= bytes.length; start += TAR_BLOCK) {
      if (textAt(bytes, start + 257, 5) !== 'ustar') continue;
      const block = repaired.subarray(start, start + TAR_BLOCK);
      block.fill(0x20, 148, 156);
      const sum = block.reduce((total, byte) => total + byte, 0);
      block.set(new TextEncoder().encode(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
    }
    return repaired;
  },
};

const PIXELS = ['label', ...numbers(9, 1).map((pixel) => `pixel${pixel}`)].join(',');
const ROWS = numbers(12, 1).map((row) => [row % 3, ...numbers(9, row + 1)].join(','));

export const csvTarget: Target = {
  name: 'csv',
  seeds: () =>
    Promise.resolve([
      seedOf('header', [PIXELS, ...ROWS, ''].join('\n')),
      seedOf('no header', ROWS.join('\r\n').replaceAll(',', ';')),
      seedOf(
        'quotes',
        `"class","p0","p1","p2","p3"\n"cat, black","0.5","0","1","0,25"\n"the ""dog""",0,0,0,0\n`,
      ),
      seedOf('UTF-16', Buffer.from(`\ufeff${[PIXELS, ...ROWS].join('\n')}`, 'utf16le')),
      seedOf(
        'lists',
        'emotion,pixels,Usage\n3,0 10 20 255,Training\n5,9 8 7 6,PrivateTest\n4,1 2 3 4,PublicTest\n',
      ),
    ]),
  read(bytes) {
    const { pixels, shape, labels, parts } = parseTable(bytes, 'file');
    const count = pixels.length / shape.reduce((product, size) => product * size, 1);
    if (
      !Number.isInteger(count) ||
      [labels, parts].some((list) => list !== undefined && list.length !== count)
    ) {
      throw new Error(`${count} images, ${labels?.length} labels, ${parts?.length} parts`);
    }
    return digest(pixels, shape.join('×'), JSON.stringify(labels));
  },
  protects: none,
};

const ARRAYS = {
  x_train: npy('|u1', [5, 4, 4], Uint8Array.from(numbers(80, 3))),
  y_train: npy('<i8', [5], int64([0, 1, 0, 1, 0])),
};

export const npyTarget: Target = {
  name: 'npy',
  seeds: () =>
    Promise.resolve([
      seedOf('bytes', ARRAYS.x_train),
      seedOf('integers', ARRAYS.y_train),
      seedOf(
        'floats in Fortran order',
        npy('<f4', [2, 3, 2], new Uint8Array(new Float32Array(numbers(12, 5)).buffer), true),
      ),
      seedOf('text', npy('<U3', [2], new Uint8Array(Uint32Array.of(99, 97, 116, 100, 111, 103).buffer))),
      seedOf('halves', npy('>f2', [3], Uint8Array.of(0x3c, 0, 0x40, 0, 0, 1))),
    ]),
  read(bytes) {
    const { shape, values } = parseNpy(bytes, 'file');
    const count = shape.reduce((product, size) => product * size, 1);
    if (values.length !== count) throw new Error(`${values.length} values of shape ${shape.join('×')}`);
    return `${shape.join('×')}: ${values instanceof Uint8Array ? digest(values) : [...values].join(' ')}`;
  },
  protects: ({ isTruncated }) => isTruncated,
};

export const npzTarget: Target = {
  name: 'npz',
  seeds: () =>
    Promise.resolve([
      seedOf('training set', npz(ARRAYS)),
      seedOf('one array', npz({ arr_0: ARRAYS.x_train })),
    ]),
  read(bytes) {
    const arrays = [...unpackNpz(bytes, 'file')].map(([name, content]) => ({
      name: name.replace('.npy', ''),
      ...parseNpy(content, name),
    }));
    const parts = pairArrays(arrays, 'file');
    return parts
      .map(({ part, pixels, shape, labels }) => digest(part, pixels, shape.join('×'), JSON.stringify(labels)))
      .join('; ');
  },
  protects: all,
};
