/** Names such as `train-images-idx3-ubyte` and `t10k-labels.idx1-ubyte.gz`. */
const NAME = /^(.*)(images|labels)([-_.]idx)\d/i;

/** Whether a file, by its name, contains the images or the labels of MNIST, or of a data set in its format. */
export function isIdx(name: string): boolean {
  return NAME.test(name);
}

/** What a file contains, and the set to which it belongs, by its name. */
export function idxContent(name: string): { readonly set: string; readonly content: 'images' | 'labels' } {
  const [, set = '', content = ''] = NAME.exec(name) ?? [];
  return {
    set: set.toLowerCase(),
    content: content.toLowerCase() === 'images' ? 'images' : 'labels',
  };
}

/** The name of the file with the labels of images, or with the images of labels. */
export function otherIdxName(name: string): string {
  const replacement = idxContent(name).content === 'images' ? '$1labels$31' : '$1images$33';
  return name.replace(NAME, replacement);
}
