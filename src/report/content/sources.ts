import type { WorkKey } from '../bibliography/works/index.js';
import type { Text } from '../document.js';
import { cite, text } from './text.js';

/** What is known about a published data set. */
export interface PublishedData {
  readonly title: string;
  /** What its images show. */
  readonly description: Text;
  /** The license under which it is published. */
  readonly license: string;
  readonly work: WorkKey;
}

const mnist: PublishedData = {
  title: 'MNIST',
  description: text`MNIST ${cite('deng2012mnist')} consists of handwritten digits, scanned from forms of the US National Institute of Standards and Technology, centered, and scaled to the same size ${cite('lecun1998gradient')}.`,
  license: 'Creative Commons Attribution-ShareAlike 3.0',
  work: 'deng2012mnist',
};

const PUBLISHED: Readonly<Record<string, PublishedData>> = {
  mnist,
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    description: text`Fashion-MNIST ${cite('xiao2017fashion')} consists of photos of clothes from the shop Zalando, in grayscale and in the format of MNIST.`,
    license: 'MIT',
    work: 'xiao2017fashion',
  },
  kmnist: {
    title: 'Kuzushiji-MNIST',
    description: text`Kuzushiji-MNIST ${cite('clanuwat2018kmnist')} consists of cursive Japanese characters from historical books, in the format of MNIST.`,
    license: 'Creative Commons Attribution-ShareAlike 4.0',
    work: 'clanuwat2018kmnist',
  },
  qmnist: {
    title: 'QMNIST',
    description: text`QMNIST ${cite('yadav2019cold')} consists of the digits of MNIST ${cite('deng2012mnist')} and of more test digits from the same source.`,
    license: 'BSD 3-Clause',
    work: 'yadav2019cold',
  },
  emnist: {
    title: 'EMNIST',
    description: text`EMNIST ${cite('cohen2017emnist')} consists of handwritten letters and digits from the source of MNIST, in its format.`,
    license: 'none stated by its authors',
    work: 'cohen2017emnist',
  },
  'cifar-10': {
    title: 'CIFAR-10',
    description: text`CIFAR-10 ${cite('krizhevsky2009learning')} consists of small color photos of animals and vehicles.`,
    license: 'none stated by its authors',
    work: 'krizhevsky2009learning',
  },
};

/** Undefined for data sets that are not published under a known name. */
export function publishedData(name: string): PublishedData | undefined {
  // EMNIST has several parts, such as emnist-letters.
  const key = name.replace(/^(emnist)-\w+$/, '$1');
  return Object.hasOwn(PUBLISHED, key) ? PUBLISHED[key] : undefined;
}
