import { join } from 'node:path';
import { idx, writeFiles } from '../../data/tinySet.js';
import { runDataset } from '../../helpers/run.js';

/** Writes the stripes of other tests to a folder of IDX files, which other processes can load. */
export function writeStripes(folder: string): string {
  const path = join(folder, 'stripes');
  const { train, test, shape } = runDataset;
  const [height, width] = shape;
  writeFiles(path, {
    'train-images-idx3-ubyte': idx([train.labels.length, height, width], [...train.images]),
    'train-labels-idx1-ubyte': idx([train.labels.length], [...train.labels]),
    't10k-images-idx3-ubyte': idx([test.labels.length, height, width], [...test.images]),
    't10k-labels-idx1-ubyte': idx([test.labels.length], [...test.labels]),
  });
  return path;
}
