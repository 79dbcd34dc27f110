import { type DatasetTerms, termsOf } from '../../data/catalog/terms.js';
import type { WorkKey } from '../bibliography/works/index.js';
import type { Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { cite, text } from './text.js';

interface Publication {
  /** What the images of the data set show. */
  readonly description: Text;
  readonly work: WorkKey;
}

/** What is known about a published data set. */
export type PublishedData = DatasetTerms & Publication;

const publications: Readonly<Record<string, Publication>> = {
  mnist: {
    description: text`MNIST ${cite('deng2012mnist')} consists of handwritten digits, scanned from forms of the US National Institute of Standards and Technology, centered, and scaled to the same size ${cite('lecun1998gradient')}.`,
    work: 'deng2012mnist',
  },
  'fashion-mnist': {
    description: text`Fashion-MNIST ${cite('xiao2017fashion')} consists of photos of clothes from the shop Zalando, in grayscale and in the format of MNIST.`,
    work: 'xiao2017fashion',
  },
  kmnist: {
    description: text`Kuzushiji-MNIST ${cite('clanuwat2018kmnist')} consists of cursive Japanese characters from historical books, in the format of MNIST.`,
    work: 'clanuwat2018kmnist',
  },
  qmnist: {
    description: text`QMNIST ${cite('yadav2019cold')} consists of the digits of MNIST ${cite('deng2012mnist')}, reconstructed, and of more test digits from the same source.`,
    work: 'yadav2019cold',
  },
  emnist: {
    description: text`EMNIST ${cite('cohen2017emnist')} consists of handwritten letters and digits from the source of MNIST, in its format.`,
    work: 'cohen2017emnist',
  },
  'cifar-10': {
    description: text`CIFAR-10 ${cite('krizhevsky2009learning')} consists of small color photos of animals and vehicles.`,
    work: 'krizhevsky2009learning',
  },
};

/** Undefined unless the images were verified to be those of a published data set: a folder may have any name. */
export function publishedData(
  dataset: Pick<ReportRun['summary']['dataset'], 'name' | 'source'>,
): PublishedData | undefined {
  const terms = termsOf(dataset);
  // EMNIST has several parts, such as emnist-letters.
  const key = dataset.name.replace(/^(emnist)-\w+$/, '$1');
  return terms !== undefined && Object.hasOwn(publications, key)
    ? { ...terms, ...publications[key] }
    : undefined;
}
