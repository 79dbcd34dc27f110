import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { readLayout } from '#inkling/data/imageFolder/layout.js';

function arrange(names: readonly string[], folders: readonly string[] = []) {
  const files = names.map((name) => ({ name, path: `/${name}`, offset: 0, bytes: 1 }));
  return readLayout({ files, folders }, '/set');
}

/** `part class file` of each image, in order. */
function described(names: readonly string[], folders?: readonly string[]): string[] {
  const { classes, files } = arrange(names, folders);
  return files.map(({ part, label, file }) => `${part} ${classes[label]} ${file.name}`);
}

describe('reads the classes', () => {
  test('from class folders, at any depth', () => {
    expect(described(['b/2.png', 'a/x/1.png', 'a/0.png'])).toEqual([
      'train a a/0.png',
      'train a a/x/1.png',
      'train b b/2.png',
    ]);
  });

  test('of each part', () => {
    expect(
      described(['test/b/4', 'test/a/3', 'val/a/2', 'train/b/1', 'train/a/0', 'train/a/5', 'val/b/6']),
    ).toEqual([
      'train a train/a/0',
      'train a train/a/5',
      'train b train/b/1',
      'validation a val/a/2',
      'validation b val/b/6',
      'test a test/a/3',
      'test b test/b/4',
    ]);
  });

  test('below folders that only wrap the data set', () => {
    expect(described(['pets/2024/cat/0', 'pets/2024/dog/1'])).toEqual([
      'train cat pets/2024/cat/0',
      'train dog pets/2024/dog/1',
    ]);
    expect(described(['pets/train/cat/0', 'pets/train/dog/1'])).toEqual([
      'train cat pets/train/cat/0',
      'train dog pets/train/dog/1',
    ]);
  });

  test('with any characters', () => {
    const names = ['a b,"c"\n/0', 'ü/0', '日本/0', "'; rm -rf/0", '0/0'];
    expect(arrange(names).classes).toEqual(["'; rm -rf", '0', 'a b,"c"\n', 'ü', '日本']);
  });

  test.each([
    ['training/a/0', 'testing/a/1'],
    ['seg_train/seg_train/a/0', 'seg_test/seg_test/a/1'],
    ['dataset/Training_Set/Training_Set/a/0', 'dataset/Test_Set/Test_Set/a/1'],
    ['trainingSet/a/0', 'testSet/a/1'],
    ['archive/train/images/a/0', 'archive/test/images/a/1'],
    ['TRAIN/a/0', 'TEST/a/1'],
  ])('of parts in other spellings: %s and %s', (train, tested) => {
    const other = (name: string) => name.replace('/a/', '/b/');
    expect(described([train, other(train), tested, other(tested)])).toEqual([
      `train a ${train}`,
      `train b ${other(train)}`,
      `test a ${tested}`,
      `test b ${other(tested)}`,
    ]);
  });

  test('of test images only', () => {
    expect(described(['test/a/1', 'test/b/1'])).toEqual(['test a test/a/1', 'test b test/b/1']);
  });

  test('where a class is named like a part', () => {
    const { classes, notes } = arrange(['bus/0', 'train/0', 'tram/0']);
    expect(classes).toEqual(['bus', 'train', 'tram']);
    expect(notes).toEqual(['"train" is treated as a class because of the classes next to it']);
  });

  test('without unlabeled images and documents next to the parts', () => {
    const parts = ['train/a/0', 'train/b/0', 'val/a/0', 'val/b/0'];
    const { files, notes } = arrange([...parts, 'test/1.png', 'single_prediction/1.png', 'labels/1.txt']);
    expect(files.map(({ file }) => file.name)).toEqual(parts);
    expect(notes).toEqual([
      'ignored: the folder "labels", which contains no images',
      'ignored: the folder "single_prediction" (1 file), which does not belong to a data set with one folder per class',
      'ignored: the folder "test" (1 file), which does not belong to a data set with one folder per class',
    ]);
  });

  test('without segmentation masks in a class', () => {
    const { files, notes } = arrange([
      'ill/images/1.png',
      'ill/masks/1.png',
      'well/2.png',
      'well/2_mask.png',
      'well/3_mask.png',
    ]);
    expect(files.map(({ file }) => file.name)).toEqual(['ill/images/1.png', 'well/2.png', 'well/3_mask.png']);
    expect(notes).toEqual(['ignored: 2 segmentation masks next to the images, such as ill/masks/1.png']);
  });

  test('with a hint if one seems to contain masks', () => {
    expect(arrange(['images/1.png', 'masks/1.png']).notes).toEqual([
      '2 classes: images, masks; "masks" seems to contain segmentation masks rather than a class; expected one folder per class, each with its images',
    ]);
  });

  test('and counts files outside the class folders', () => {
    expect(arrange(['README.md', 'a/0', 'b/0']).notes).toEqual(['ignored: 1 file outside the class folders']);
  });
});

test.each<[string, string[], string[], string]>([
  [
    'no classes',
    ['1.png', '2.png'],
    [],
    '/set: expected at least two classes, each a folder with its images, got no class folders',
  ],
  [
    'only one class',
    ['cat/1'],
    [],
    '/set: expected at least two classes, each a folder with its images, got only the class "cat"',
  ],
  [
    'parts without class folders',
    ['train/1.png', 'test/2.png'],
    [],
    '/set: expected one folder per class in "test" and "train", got images without class folders; sort them into folders by class',
  ],
  [
    'an unknown part with the same classes',
    ['train/a/1', 'train/b/1', 'test/a/2', 'test/b/2', 'holdout/a/3'],
    [],
    '/set: has a folder "holdout" next to "test" and "train"; expected only train, validation, and test, with one folder per class in each',
  ],
  [
    'an empty class folder',
    ['cat/1'],
    ['cat', 'dog'],
    '/set: the class folder "dog" is empty; add images or remove it',
  ],
  [
    'an empty class folder of a part',
    ['train/cat/1', 'train/dog/1', 'test/dog/2'],
    ['test/cat'],
    '/set: the class folder "test/cat" is empty; add images or remove it',
  ],
  [
    'names that differ in capitalization',
    ['Cat/1', 'cat/1'],
    [],
    '/set: the names of the classes "Cat" and "cat" differ only in capitalization; rename one, or merge them',
  ],
  [
    'names with different Unicode encodings',
    ['\u00fc/1', 'u\u0308/1', 'x/1'],
    [],
    '/set: the names of "u\u0308/" and "\u00fc/" differ only in their Unicode encoding; rename one, or merge them',
  ],
  [
    'two folders for one part',
    ['train/a/1', 'train/b/1', 'val/a/2', 'validation/a/2'],
    [],
    '/set: has folders "val" and "validation", expected one folder for validation; merge them',
  ],
  [
    'classes next to parts',
    ['train/a/1', 'train/b/1', 'c/1'],
    [],
    '/set: has a folder "c" next to "train"; expected only train, validation, and test, with one folder per class in each',
  ],
  [
    'a test class without training images',
    ['train/a/1', 'train/b/1', 'test/c/1'],
    [],
    '/set: the class "c" has validation or test images, but no training images; add the folder train/c, or remove the class from the other parts',
  ],
  [
    'too many classes',
    Array.from({ length: 1025 }, (_, at) => `${at}/1`),
    [],
    '/set: has 1,025 classes, expected at most 1,024',
  ],
])('rejects %s', (_what, names, folders, problem) => {
  expect(() => arrange(names, folders)).toThrow(new InklingError(problem));
});

describe('classes named like dates', () => {
  test.each([
    [['2019', '2020', '2021'], '2019, 2020, 2021'],
    [['2019-05', '2019-6'], '2019-05, 2019-6'],
    [['2019-05-17', '20200101'], '2019-05-17, 20200101'],
    [['17.5.2019', '18.05.2019'], '17.5.2019, 18.05.2019'],
  ])('are noted: %s', (names, listed) => {
    expect(arrange(names.map((name) => `${name}/0.jpg`)).notes).toEqual([
      `all classes are named like dates (${listed}), which a model would learn to predict; expected one folder per class, such as "oak", with all images of this class: sort them by what they show`,
    ]);
  });

  test.each([[['2019', 'oak']], [['0', '1']], [['1000', '1200']], [['12', '2019-13']]])(
    '%s are not',
    (names) => {
      expect(arrange(names.map((name) => `${name}/0.jpg`)).notes).toEqual([]);
    },
  );
});
