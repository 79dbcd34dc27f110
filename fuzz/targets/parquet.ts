import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InklingError } from '#inkling/core/errors.js';
import { findImageColumn, findLabelColumn } from '#inkling/data/parquet/parquetContent.js';
import { openParquet } from '#inkling/data/parquet/parquetFile.js';
import { readPixels } from '#inkling/data/parquet/readPixels.js';
import { hubTable, parquetOf } from '../../test/data/parquet/writeParquet.js';
import type { Target } from '../target.js';
import { digest, seedOf } from './files.js';

const file = join('build', 'findings', `${process.pid}.parquet`);

export const parquetTarget: Target = {
  name: 'parquet',
  seeds: () => {
    mkdirSync(join('build', 'findings'), { recursive: true });
    const images = [1, 2, 3, 4].map((byte) => ({ bytes: new Uint8Array(50).fill(byte), path: 'a.png' }));
    const pixels = [0, 1, 2, 3].map((pixel) => ({
      name: `pixel${pixel}`,
      data: [0, 9, 99, 255],
      type: 'INT32' as const,
    }));
    const label = { name: 'label', data: ['a', 'b', 'a', 'b'], type: 'STRING' as const };
    return Promise.resolve([
      seedOf('images', hubTable(images, [0, 1, 0, 1], ['cat', 'dog'])),
      seedOf('pixels', parquetOf([...pixels, label], { rowGroupSize: 2 })),
      seedOf('not compressed', parquetOf([...pixels, label], { codec: 'UNCOMPRESSED' })),
    ]);
  },
  async read(bytes) {
    writeFileSync(file, bytes);
    const table = await openParquet(file);
    const image = findImageColumn(table);
    if (image === undefined) {
      const { pixels, shape, labels } = await readPixels(table);
      return digest(pixels, shape.join('×'), JSON.stringify(labels));
    }
    const label = findLabelColumn(table, [image.name]);
    if (label === undefined) throw new InklingError('no labels');
    const values: string[] = [];
    for (let group = 0; group < table.groups; group++) {
      const read = await table.readGroup(group, [image.name, label.name]);
      values.push(
        ...(read.get(image.name) ?? []).map((value) => typeof value),
        ...(read.get(label.name) ?? []).map(String),
      );
    }
    return values.join(' ');
  },
  protects: ({ isTruncated }) => isTruncated,
};
