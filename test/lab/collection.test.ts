import { describe, expect, test } from 'vitest';
import {
  addExamples,
  type Collection,
  countExamples,
  emptyCollection,
  isReady,
  moveExample,
  removeClass,
  removeExample,
  renameClass,
  translateNames,
} from '../../src/lab/data/collection.js';
import { splitExamples } from '../../src/lab/data/splitExamples.js';

const image = (value: number) => new Uint8Array(784).fill(value);
const images = (first: number, count: number) => Array.from({ length: count }, (_, i) => image(first + i));

/** Classes `a` and `b` of ten images each, and one without. */
const collection = addExamples(emptyCollection('drawing', ['a', 'b', 'unused']), [
  { name: 'a', images: images(0, 10) },
  { name: 'b', images: images(100, 10) },
]);
const [a, b] = collection.classes;

/** The value of each image of a class. */
const valuesOf = ({ classes }: Collection, name: string) =>
  classes.find((each) => each.name === name)?.examples.map(({ pixels }) => pixels[0]);

test('classes that were not renamed get their names in another language', () => {
  const english = { classNames: ['circle', 'square'], newClass: (n: number) => `class ${n}` };
  const german = { classNames: ['Kreis', 'Quadrat'], newClass: (n: number) => `Klasse ${n}` };
  const namesIn = (names: readonly string[]) =>
    translateNames(emptyCollection('drawing', names), english, german).classes.map(({ name }) => name);
  expect(namesIn(['circle', 'square', 'class 3', 'own'])).toEqual(['Kreis', 'Quadrat', 'Klasse 3', 'own']);
  // Names must differ.
  expect(namesIn(['circle', 'Kreis'])).toEqual(['circle', 'Kreis']);
});

test('images go to the class of their name, which is added if it is missing', () => {
  const more = addExamples(collection, [
    { name: 'b', images: [image(7)] },
    { name: 'c', images: [image(8)] },
  ]);
  expect(valuesOf(more, 'b')?.at(-1)).toBe(7);
  expect(valuesOf(more, 'c')).toEqual([8]);
  expect(countExamples(more)).toBe(22);
  expect(countExamples(collection)).toBe(20);
});

test('an example is deleted or moved', () => {
  const [first] = a.examples;
  expect(valuesOf(removeExample(collection, first.id), 'a')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  const moved = moveExample(collection, first.id, b.id);
  expect([valuesOf(moved, 'a')?.length, valuesOf(moved, 'b')?.at(-1)]).toEqual([9, 0]);
});

test.each([
  [' circle ', 'circle'],
  ['', 'a'],
  ['b', 'a'],
])('a class renamed to "%s" is called %s', (name, expected) => {
  expect(renameClass(collection, a.id, name).classes[0].name).toBe(expected);
});

test('is ready with two classes of five examples', () => {
  expect(isReady(collection)).toBe(true);
  expect(isReady(removeClass(collection, b.id))).toBe(false);
  expect(isReady(addExamples(collection, [{ name: 'c', images: images(0, 4) }]))).toBe(false);
  expect(isReady(addExamples(collection, [{ name: 'c', images: images(0, 5) }]))).toBe(true);
});

describe('the data set', () => {
  const { classes, train, validationCount, test: held } = splitExamples(collection);
  const firstPixels = (pixels: Uint8Array) => Array.from(pixels).filter((_, i) => i % 784 === 0);

  test('has the classes with examples', () => {
    expect(classes).toEqual(['a', 'b']);
  });

  test('has three fifths of each class for training, and one each for validation and testing', () => {
    const values = firstPixels(train.images);
    expect(validationCount).toBe(4);
    expect(values.slice(0, -4)).toEqual([0, 1, 3, 5, 6, 8, 100, 101, 103, 105, 106, 108]);
    expect(values.slice(-4)).toEqual([2, 7, 102, 107]);
    expect(firstPixels(held.images)).toEqual([4, 9, 104, 109]);
    expect(Array.from(held.labels)).toEqual([0, 0, 1, 1]);
    expect(Array.from(train.labels)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1]);
  });
});
