import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { filesOf } from '../../src/lab/data/openedFiles.js';
import { MAX_FILES } from '../../src/lab/data/openLimit.js';
import { chosenFile } from './chosenFile.js';

const image = new Uint8Array(1000);

const archiveWith = (names: readonly string[]) =>
  zipSync(Object.fromEntries(names.map((name) => [name, image])));

const open = (archive: Uint8Array) => filesOf([chosenFile('examples.zip', archive)]);

/** An archive of one image whose directory states another size for its unpacked content. */
function archiveStating(bytes: number): Uint8Array<ArrayBuffer> {
  const archive = archiveWith(['cats/1.png']);
  const directory = Buffer.from(archive).indexOf('PK\x01\x02', 0, 'latin1');
  new DataView(archive.buffer).setUint32(directory + 24, bytes, true);
  return archive;
}

test('folders name the classes of images in an archive; other files and those of macOS are left out', async () => {
  const archive = archiveWith([
    'a/cats/1.png',
    'dogs/1.JPG',
    'b.webp',
    'a/readme.txt',
    '__MACOSX/cats/1.png',
  ]);
  const files = await open(archive);
  expect(files.map(({ file, folder }) => [folder, file.name, file.size])).toEqual([
    ['cats', '1.png', 1000],
    ['dogs', '1.JPG', 1000],
    [undefined, 'b.webp', 1000],
  ]);
});

test('an archive that unpacks to too much is rejected before it is unpacked', async () => {
  await expect(open(archiveStating(500_000_001))).rejects.toThrow(
    'they unpack to more than 500 MB; open them in parts',
  );
});

test('no image is unpacked to more than the archive states', async () => {
  const [{ file }] = await open(archiveStating(10));
  expect(file.size).toBe(10);
});

test('too many files are rejected, chosen or in an archive, also those that are no images', async () => {
  const message = 'expected at most 20,000 files at a time; open them in parts';
  const names = Array.from({ length: MAX_FILES + 1 }, (_, i) => `${i}.txt`);
  await expect(
    open(zipSync(Object.fromEntries(names.map((name) => [name, new Uint8Array()])))),
  ).rejects.toThrow(message);
  await expect(filesOf(names.map((name) => chosenFile(name)))).rejects.toThrow(message);
});
