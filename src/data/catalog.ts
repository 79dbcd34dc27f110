/** One file of a known data set, as it is when unpacked. */
export interface CatalogFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A data set that can be found by name, downloaded and verified. */
export interface CatalogEntry {
  readonly name: string;
  /** The folder below the data folder in which torchvision keeps the files. */
  readonly torchvisionFolder: string;
  /** In the order in which they are tried; a file's address is one of these, its name and `.gz`. */
  readonly mirrors: readonly string[];
  /** In the order of `idxFileNames`. */
  readonly files: readonly CatalogFile[];
  readonly classes: readonly string[];
}

/** The files of an IDX data set: training images and labels, test images and labels. */
export const idxFileNames: readonly string[] = [
  'train-images-idx3-ubyte',
  'train-labels-idx1-ubyte',
  't10k-images-idx3-ubyte',
  't10k-labels-idx1-ubyte',
];

const mnist: CatalogEntry = {
  name: 'mnist',
  torchvisionFolder: 'MNIST/raw',
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://cdn.jsdelivr.net/gh/fgnt/mnist/',
  ],
  files: [
    {
      name: 'train-images-idx3-ubyte',
      bytes: 47_040_016,
      sha256: 'ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db',
    },
    {
      name: 'train-labels-idx1-ubyte',
      bytes: 60_008,
      sha256: '65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5',
    },
    {
      name: 't10k-images-idx3-ubyte',
      bytes: 7_840_016,
      sha256: '0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7',
    },
    {
      name: 't10k-labels-idx1-ubyte',
      bytes: 10_008,
      sha256: 'ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2',
    },
  ],
  classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
};

/** The data sets known by name. */
export const catalog: readonly CatalogEntry[] = [mnist];
