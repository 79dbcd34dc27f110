import type { Dataset, DatasetSource } from '../dataset.js';

/** What others say about a data set that is known by name. */
export interface DatasetTerms {
  readonly title: string;
  /** The license, as an identifier of the Hugging Face Hub; undefined if its authors state none. */
  readonly license: string | undefined;
  /** Who states the license, if it is not on the page of its authors. */
  readonly statedBy?: string;
  /** Its page. */
  readonly url: string;
  /** Its name on the Hugging Face Hub, if it is there. */
  readonly hub?: string;
}

/** The terms of known data sets, as their authors state them, unless `statedBy` says otherwise. */
const terms: Readonly<Record<string, DatasetTerms>> = {
  mnist: {
    title: 'MNIST',
    license: 'cc-by-sa-3.0',
    statedBy: 'the documentation of Keras',
    url: 'https://yann.lecun.com/exdb/mnist/',
    hub: 'ylecun/mnist',
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    license: 'mit',
    url: 'https://github.com/zalandoresearch/fashion-mnist',
    hub: 'zalando-datasets/fashion_mnist',
  },
  kmnist: { title: 'Kuzushiji-MNIST', license: 'cc-by-sa-4.0', url: 'https://github.com/rois-codh/kmnist' },
  qmnist: { title: 'QMNIST', license: 'bsd-3-clause', url: 'https://github.com/facebookresearch/qmnist' },
  'cifar-10': {
    title: 'CIFAR-10',
    license: undefined,
    url: 'https://www.cs.toronto.edu/~kriz/cifar.html',
    hub: 'uoft-cs/cifar10',
  },
};

/** The names of these licenses in text. */
const LICENSES: Readonly<Record<string, string>> = {
  'cc-by-sa-3.0': 'Creative Commons Attribution-ShareAlike 3.0',
  'cc-by-sa-4.0': 'Creative Commons Attribution-ShareAlike 4.0',
  mit: 'MIT',
  'bsd-3-clause': 'BSD 3-Clause',
};

/** The license as it is written in text; undefined if the authors of the data set state none. */
export function licenseNameOf({ license }: DatasetTerms): string | undefined {
  return license === undefined ? undefined : LICENSES[license];
}

/** ` (as stated by …)`, where its authors do not state the license; otherwise empty. */
export function licenseSourceOf({ statedBy }: DatasetTerms): string {
  return statedBy === undefined ? '' : ` (as stated by ${statedBy})`;
}

/** The terms of a data set; undefined unless it was verified to be the known one of its name. */
export function termsOf({
  name,
  source,
}: Pick<Dataset, 'name'> & { readonly source: Pick<DatasetSource, 'kind' | 'verified'> }):
  DatasetTerms | undefined {
  if (source.kind === 'generated' || !source.verified) return undefined;
  if (Object.hasOwn(terms, name)) return terms[name];
  if (!name.startsWith('emnist-')) return undefined;
  return {
    title: `EMNIST ${name.slice('emnist-'.length)}`,
    license: undefined,
    url: 'https://www.nist.gov/itl/products-and-services/emnist-dataset',
  };
}
