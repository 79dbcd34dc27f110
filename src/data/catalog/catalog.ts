import { IDX_FILE_NAMES, idxDataset } from '../idx/idxDataset.js';
import type { CatalogArchive, CatalogEntry, CatalogFile } from './catalogEntry.js';
import { cifarDataset } from './cifarDataset.js';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const CAPITALS = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** The size of an IDX file of 28×28 images, and of one of labels. */
const imagesBytes = (count: number): number => 16 + count * 28 * 28;
const labelsBytes = (count: number): number => 8 + count;

/** The sizes of MNIST's files, and of those of data sets that copy its format. */
const MNIST_BYTES = [imagesBytes(60_000), labelsBytes(60_000), imagesBytes(10_000), labelsBytes(10_000)];

/**
 * The files of a data set that uses MNIST's file names, so that only the folder's name identifies it.
 *
 * @param hashes SHA-256 of the unpacked files, or MD5 of the gzip files
 */
function mnistFiles(kind: 'sha256' | 'packedMd5', hashes: readonly string[]): CatalogFile[] {
  return IDX_FILE_NAMES.map((name, i) => ({ name, bytes: MNIST_BYTES[i], [kind]: hashes[i] }));
}

const mnist: CatalogEntry = {
  name: 'mnist',
  subfolders: ['', 'mnist', 'MNIST/raw'],
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://cdn.jsdelivr.net/gh/fgnt/mnist/',
  ],
  files: mnistFiles('sha256', [
    'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
  ]),
  classes: DIGITS,
  assemble: idxDataset,
};

const fashionMnist: CatalogEntry = {
  name: 'fashion-mnist',
  subfolders: ['fashion-mnist', 'FashionMNIST/raw'],
  mirrors: [
    'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/',
  ],
  // Of the files with the published MD5.
  files: mnistFiles('sha256', [
    'c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888',
    'bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9',
    '5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b',
    '0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34',
  ]),
  classes: [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ],
  assemble: idxDataset,
};

const kmnist: CatalogEntry = {
  name: 'kmnist',
  subfolders: ['kmnist', 'KMNIST/raw'],
  mirrors: ['http://codh.rois.ac.jp/kmnist/dataset/kmnist/'],
  files: mnistFiles('packedMd5', [
    'bdb82020997e1d708af4cf47b453dcf7',
    'e144d726b3acfaa3e44228e80efcd344',
    '5c965bf0a639b31b8f53240b1b52f4d7',
    '7320c461ea6c1c855c0b718fb2a4b134',
  ]),
  classes: ['o', 'ki', 'su', 'tsu', 'na', 'ha', 'ma', 'ya', 're', 'wo'],
  assemble: idxDataset,
};

const qmnist: CatalogEntry = {
  name: 'qmnist',
  subfolders: ['', 'qmnist', 'QMNIST/raw'],
  mirrors: ['https://raw.githubusercontent.com/facebookresearch/qmnist/master/'],
  files: (
    [
      ['train-images-idx3-ubyte', imagesBytes(60_000), { packedMd5: 'ed72d4157d28c017586c42bc6afe6370' }],
      [
        'train-labels-idx2-int',
        qmnistLabelsBytes(60_000),
        { sha256: 'bb1b6e1ec7b04fd5696f1ed50b5f58f8ef195118edd5c93c81783df9740b8ac5' },
      ],
      ['test-images-idx3-ubyte', imagesBytes(60_000), { packedMd5: '1394631089c404de565df7b7aeaf9412' }],
      [
        'test-labels-idx2-int',
        qmnistLabelsBytes(60_000),
        { sha256: '92d0ccb8c25f9c6534270fb4be7e1d24a1c6d315edfc8a638bfbd31c70f362dd' },
      ],
    ] as const
  ).map(([name, bytes, hash]) => ({ name: `qmnist-${name}`, bytes, ...hash })),
  classes: DIGITS,
  assemble: (files, info) => idxDataset(files, info, { labels: 'qmnist' }),
};

/** Eight 32-bit integers per image. */
function qmnistLabelsBytes(count: number): number {
  return 12 + count * 8 * 4;
}

/** EMNIST's files come in one archive, the only file with a published hash. */
const EMNIST: CatalogArchive = {
  urls: [
    'https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip',
    'https://www.itl.nist.gov/iaui/vip/cs_links/EMNIST/gzip.zip',
  ],
  bytes: 561_753_746,
  sha256: 'fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e',
};

/** @param firstLabel the label of the first class */
function emnist(
  part: string,
  [train, test]: readonly [train: number, test: number],
  classes: readonly string[],
  firstLabel = 0,
): CatalogEntry {
  return {
    name: `emnist-${part}`,
    subfolders: ['', `emnist-${part}`, 'EMNIST/raw'],
    mirrors: [],
    archive: EMNIST,
    files: [
      { name: `emnist-${part}-train-images-idx3-ubyte`, bytes: imagesBytes(train) },
      { name: `emnist-${part}-train-labels-idx1-ubyte`, bytes: labelsBytes(train) },
      { name: `emnist-${part}-test-images-idx3-ubyte`, bytes: imagesBytes(test) },
      { name: `emnist-${part}-test-labels-idx1-ubyte`, bytes: labelsBytes(test) },
    ],
    classes,
    // EMNIST stores its images transposed.
    assemble: (files, info) => idxDataset(files, info, { isTransposed: true, firstLabel }),
  };
}

const cifar10: CatalogEntry = {
  name: 'cifar-10',
  subfolders: ['', 'cifar-10'],
  mirrors: ['https://www.cs.toronto.edu/~kriz/'],
  files: [
    {
      name: 'cifar-10-binary.tar',
      // Slightly more than its six files of 10,000 records.
      bytes: 200_000_000,
      packedMd5: 'c32a1d4ab5d03f1284b67883e8d87530',
    },
  ],
  classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
  assemble: cifarDataset,
};

/** The data sets available by name; to add one, add its entry here. */
export const catalog: readonly CatalogEntry[] = [
  mnist,
  fashionMnist,
  kmnist,
  emnist('balanced', [112_800, 18_800], [...DIGITS, ...CAPITALS, ...Array.from('abdefghnqrt')]),
  // Uppercase and lowercase letters are merged.
  emnist('letters', [124_800, 20_800], CAPITALS, 1),
  emnist('digits', [240_000, 40_000], DIGITS),
  qmnist,
  cifar10,
];
