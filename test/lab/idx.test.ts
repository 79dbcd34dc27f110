import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { emptyCollection } from '../../src/lab/data/collection.js';
import { quotasOf } from '../../src/lab/data/idxExamples.js';
import { importFiles } from '../../src/lab/data/importFiles.js';
import { filesOf } from '../../src/lab/data/openedFiles.js';
import { idx } from '../data/tinySet.js';
import { chosenFile } from './chosenFile.js';

/** No image is a normalized drawing, so that all would change if they were prepared. */
const image = (value: number) => Array.from({ length: 784 }, (_, i) => (i < 300 ? value : 0));

const train = {
  'train-images-idx3-ubyte': idx([4, 28, 28], [10, 20, 30, 40].flatMap(image)),
  'train-labels-idx1-ubyte': idx([4], [2, 0, 0, 1]),
};
const held = {
  't10k-images-idx3-ubyte.gz': gzipSync(idx([1, 28, 28], image(50))),
  't10k-labels-idx1-ubyte.gz': gzipSync(idx([1], [2])),
};

const fileOf = ([name, bytes]: [string, Uint8Array]) => chosenFile(name, bytes);

async function importOf(files: readonly File[]) {
  const empty = emptyCollection('photo', ['unused']);
  const { add, ...rest } = await importFiles(await filesOf(files), empty, 'unused', () => undefined);
  const { kind, classes } = add(empty);
  const values = classes.map(({ name, examples }) => [name, examples.map(({ pixels }) => [...pixels])]);
  return { kind, values, ...rest };
}

const EXPECTED = {
  kind: 'drawing',
  values: [
    ['0', [image(20), image(30)]],
    ['1', [image(40)]],
    ['2', [image(10), image(50)]],
  ],
  failures: [],
  notice: undefined,
};

test('the files of MNIST become drawings as they are, whose classes are the labels', async () => {
  expect(await importOf(Object.entries({ ...train, ...held }).map(fileOf))).toEqual(EXPECTED);
});

test('so do those in an archive, also if it contains some twice', async () => {
  const [[name, bytes]] = Object.entries(train);
  const archive = zipSync({ ...train, ...held, [`${name}/${name.replace('-idx', '.idx')}`]: bytes });
  expect(await importOf([fileOf(['mnist.zip', archive])])).toEqual(EXPECTED);
});

test('says which file is missing, and what is wrong with others', async () => {
  const [images] = Object.entries(train);
  expect((await importOf([fileOf(images)])).failures).toEqual([
    { name: 'train-images-idx3-ubyte', reason: 'open train-labels-idx1-ubyte together with it' },
  ]);
  const [, labels] = Object.entries(held);
  expect((await importOf([fileOf(labels)])).failures).toEqual([
    { name: 't10k-labels-idx1-ubyte.gz', reason: 'open t10k-images-idx3-ubyte.gz together with it' },
  ]);
  const wrong = fileOf(['train-labels-idx1-ubyte', idx([1], [0])]);
  expect((await importOf([fileOf(images), wrong])).failures).toEqual([
    {
      name: 'train-images-idx3-ubyte',
      reason: 'labels: 1 labels, expected 4, one for each image in images',
    },
  ]);
});

test('a file that states a size too large is not unpacked', async () => {
  const [[, bytes]] = Object.entries(held);
  const packed = new Uint8Array(bytes);
  new DataView(packed.buffer).setUint32(packed.length - 4, 500_000_001, true);
  const files = Object.entries({ ...held, 't10k-images-idx3-ubyte.gz': packed }).map(fileOf);
  expect((await importOf(files)).failures).toEqual([
    { name: 't10k-images-idx3-ubyte.gz', reason: 'they unpack to more than 500 MB; open them in parts' },
  ]);
});

test('of more than 10,000 images, the same share of each class is taken', () => {
  const labels = [6000, 3000, 3001].flatMap((count, label) => Array.from({ length: count }, () => label));
  // 4999.58, 2499.79, and 2500.62: the largest remainders are rounded up.
  expect([...quotasOf(labels)]).toEqual([
    [0, 4999],
    [1, 2500],
    [2, 2501],
  ]);
  expect([...quotasOf([7, 3, 7])]).toEqual([
    [3, 1],
    [7, 2],
  ]);
});
