import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect, test, vi } from 'vitest';
import { loadDataset } from '#inkling/node.js';
import { addExamples, type Collection, emptyCollection, usedClasses } from '../../src/lab/data/collection.js';
import { zipExamples } from '../../src/lab/data/zipExamples.js';
import { classOfFolder, folderOfClass } from '../../src/lab/data/folderNames.js';
import { importFiles } from '../../src/lab/data/importFiles.js';
import { filesOf } from '../../src/lab/data/openedFiles.js';
import { encodeExample, preparedKindOf } from '../../src/lab/data/preparedImage.js';
import { craftPng } from '../helpers/encodeImage.js';
import { loadedSet } from '../data/loaded.js';
import { writeFileTree } from '../data/imageFolder/samples.js';
import { temporaryFolder } from '../data/tinySet.js';
import { chosenFile } from './chosenFile.js';

/** A square in the corner, which a normalized drawing is not: it would be moved to the center. */
const drawing = (value: number) =>
  Uint8Array.from({ length: 784 }, (_, i) => (i % 28 < 12 && i < 28 * 12 ? value : 0));
const photo = (value: number) => Uint8Array.from({ length: 3072 }, (_, i) => (value + i) % 256);

const drawings = addExamples(emptyCollection('drawing', ['unused']), [
  { name: 'zebra/🙂', images: Array.from({ length: 5 }, (_, i) => drawing(200 + i)) },
  { name: 'ant', images: Array.from({ length: 5 }, (_, i) => drawing(100 + i)) },
]);
const photos = addExamples(emptyCollection('photo', []), [
  { name: 'b', images: [photo(7)] },
  { name: 'a', images: [photo(0), photo(99)] },
]);

const contentOf = (collection: Collection) =>
  usedClasses(collection).map(({ name, examples }) => [name, examples.map(({ pixels }) => pixels)]);

test.each([
  ['drawings', drawings, 'drawing'],
  ['photos', photos, 'photo'],
])('%s are saved and opened again as they were, whatever kind was chosen', async (_, saved, kind) => {
  const file = chosenFile('saved.zip', await zipExamples(saved));
  const empty = emptyCollection('drawing', ['ant', 'square']);
  const { add, failures } = await importFiles(await filesOf([file]), empty, 'ant', () => undefined);
  const opened = add(empty);
  expect(failures).toEqual([]);
  expect(opened.kind).toBe(kind);
  expect(opened.classes.length).toBe(2);
  expect(contentOf(opened)).toEqual(contentOf(saved));
  // Those of another student are added to what is there.
  expect(add(saved).classes.map(({ examples }) => examples.length)).toEqual(
    saved.classes.map(({ examples }) => 2 * examples.length),
  );
});

test('inkling train takes what was saved, once it is unpacked', async () => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
  const folder = join(temporaryFolder(), 'saved');
  writeFileTree(folder, unzipSync(await zipExamples(drawings)));
  const { shape, classes, train, test: held } = await loadDataset({ name: folder, environment: {} });
  expect(shape).toEqual([28, 28, 1]);
  expect(classes).toEqual(['ant', 'zebra%2F🙂']);
  const peaks = [train, held].flatMap(({ images, labels }) =>
    Array.from(labels, (label, i) => [label, loadedSet({ images, labels }).images[784 * i]]),
  );
  const expected = [100, 101, 102, 103, 104, 200, 201, 202, 203, 204];
  expect(peaks.sort(([, a], [, b]) => a - b)).toEqual(expected.map((peak) => [peak < 200 ? 0 : 1, peak]));
});

test('only files that the lab has saved are prepared', async () => {
  const kindOf = (bytes: Uint8Array) => preparedKindOf(chosenFile('a.png', bytes));
  expect(await kindOf(encodeExample(drawing(9), 'drawing'))).toBe('drawing');
  expect(await kindOf(encodeExample(photo(9), 'photo'))).toBe('photo');
  const rows = Uint8Array.from({ length: 28 * 29 }, (_, i) => (i % 29 === 0 ? 0 : 255));
  expect(await kindOf(craftPng(28, 28, rows))).toBeUndefined();
  expect(await kindOf(new Uint8Array())).toBeUndefined();
});

test.each(['a/b', 'a\\b: "c"?', '..', '100%', 'a%2Fb', '__MACOSX', 'x.', '\t', '🙂 ok'])(
  'the class "%s" has a folder that every system takes',
  (name) => {
    const folder = folderOfClass(name);
    expect(folder).not.toMatch(/[/\\:*?"<>|\t]|^\.|[. ]$|^__MACOSX$/);
    expect(classOfFolder(folder)).toBe(name);
  },
);
