import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { formatCount } from '#inkling/core/format.js';
import type * as Catalog from '#inkling/data/catalog/catalog.js';
import { catalog } from '#inkling/data/catalog/catalog.js';
import type { CatalogEntry } from '#inkling/data/catalog/catalogEntry.js';
import { loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import { answerRight, startMirror } from '../files/mirror.js';
import { makeTar } from '../files/makeTar.js';
import { idx, sha256, temporaryFolder, tinyEntry, tinyFiles, writeFiles } from '../tinySet.js';

/** The tiny set is known too, by the hashes of its unpacked files. */
vi.mock('#inkling/data/catalog/catalog.js', async (original) => {
  const real = await original<typeof Catalog>();
  const { tinyEntry: tiny } = await import('../tinySet.js');
  return { ...real, catalog: [...real.catalog, tiny()] };
});

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const names = Object.keys(tinyFiles);

/** The tiny set as one of which only hashes of the packed files are known, and that shares its names. */
function packedEntry(mirrors: readonly string[] = []): CatalogEntry {
  const files = names.map((name) => ({
    name,
    bytes: tinyFiles[name].length,
    packedMd5: md5(gzipSync(tinyFiles[name])),
  }));
  return { ...tinyEntry(mirrors), name: 'other', subfolders: ['other', 'OTHER/raw'], files };
}

/** An entry of the catalog. */
function entryOf(name: string): CatalogEntry {
  const entry = catalog.find((known) => known.name === name);
  if (entry === undefined) throw new Error(`no data set is called ${name}`);
  return entry;
}

/** An entry with files of other sizes and hashes. */
function shrunk(name: string, changes: Partial<CatalogEntry> = {}): CatalogEntry {
  const entry = entryOf(name);
  const files = entry.files.map((file) => ({ name: file.name, bytes: 10_000 }));
  return { ...entry, files, ...changes };
}

/** A server that answers each URL below it with the same bytes. */
async function serve(content: Uint8Array): Promise<{ address: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    response.end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('the server has no port');
  return { address: `http://127.0.0.1:${at.port}/`, requests };
}

describe('a set whose packed files have known hashes', () => {
  test('is downloaded, kept packed and verified each time', async () => {
    const mirror = await startMirror(answerRight);
    const cacheFolder = temporaryFolder();
    const entry = packedEntry([mirror.address]);
    const first = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(first.source).toMatchObject({ kind: 'download', verified: true });
    expect(readdirSync(join(cacheFolder, 'other')).sort()).toEqual(names.map((name) => `${name}.gz`).sort());
    const second = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(second.source).toMatchObject({ kind: 'files', verified: true });
    expect(mirror.requests).toEqual(names);

    // Another content, well packed: it is not what was published.
    const path = join(cacheFolder, 'other/t10k-labels-idx1-ubyte.gz');
    writeFileSync(path, gzipSync(idx([2], [0, 0])));
    const third = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect([...third.test.labels]).toEqual([2, 0]);
    expect(mirror.requests).toEqual([...names, 't10k-labels-idx1-ubyte']);
    // Nor is a raw one, which cannot be verified.
    rmSync(path);
    writeFileSync(join(cacheFolder, 'other/t10k-labels-idx1-ubyte'), idx([2], [0, 0]));
    await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(mirror.requests).toHaveLength(6);
  });

  test('is not taken from a mirror that sends it unpacked, or another file', async () => {
    const { address } = await serve(tinyFiles[names[0]]);
    const other = await serve(gzipSync(tinyFiles[names[1]]));
    const load = loadCatalogSet(packedEntry([address, other.address]), {
      folders: [],
      cacheFolder: temporaryFolder(),
    });
    await expect(load).rejects.toThrow(
      `${address}${names[0]}.gz (it is not packed with gzip, but its known hash is that of the gzip file)`,
    );
    await expect(load).rejects.toThrow(
      `${other.address}${names[0]}.gz (the MD5 of its packed bytes is ${md5(gzipSync(tinyFiles[names[1]]))}, expected ${md5(gzipSync(tinyFiles[names[0]]))})`,
    );
  });

  test('is found in a folder of its own name alone', async () => {
    const folder = temporaryFolder();
    const cacheFolder = temporaryFolder();
    writeFiles(folder, tinyFiles, true);
    await expect(loadCatalogSet(packedEntry(), { folders: [folder], cacheFolder })).rejects.toThrow(
      `other: not found; tried ${join(folder, 'other')} (no such folder)`,
    );
    for (const [place, data] of [
      [join(folder, 'other'), folder],
      [join(folder, 'OTHER/raw'), folder],
      [join(folder, 'x/other'), join(folder, 'x/other')],
    ]) {
      writeFiles(place, tinyFiles, true);
      const { source } = await loadCatalogSet(packedEntry(), { folders: [data], cacheFolder });
      expect(source).toMatchObject({ location: place, verified: true });
      rmSync(place, { recursive: true });
    }
  });

  test('that is unpacked cannot be verified, which is said, but is not taken for another set', async () => {
    const folder = temporaryFolder();
    const places = { folders: [folder], cacheFolder: temporaryFolder() };
    writeFiles(join(folder, 'other'), {
      'train-images-idx3-ubyte': idx(
        [2, 2, 3],
        Array.from({ length: 12 }, () => 1),
      ),
      'train-labels-idx1-ubyte': idx([2], [0, 1]),
      't10k-images-idx3-ubyte': idx([1, 2, 3], [1, 2, 3, 4, 5, 6]),
      't10k-labels-idx1-ubyte': idx([1], [2]),
    });
    expect((await loadCatalogSet(packedEntry(), places)).source.verified).toBe(false);

    writeFiles(join(folder, 'other'), tinyFiles);
    await expect(loadCatalogSet(packedEntry(), places)).rejects.toThrow(
      new InklingError(
        `${join(folder, 'other', names[0])}: expected a file of other, got one of tiny; put each data set into a folder with its name`,
      ),
    );
  });
});

describe('a set whose files come in an archive', () => {
  const inner = Object.fromEntries(names.map((name) => [`gzip/${name}.gz`, gzipSync(tinyFiles[name])]));
  const zip = zipSync({ ...inner, 'gzip/huge.gz': new Uint8Array(1000) });

  function archivedEntry(urls: readonly string[]): CatalogEntry {
    const files = names.map((name) => ({ name, bytes: tinyFiles[name].length }));
    const archive = { urls, bytes: zip.length, sha256: sha256(zip) };
    return { ...tinyEntry(), name: 'archived', subfolders: ['', 'archived'], mirrors: [], files, archive };
  }

  test('is downloaded once, kept and verified each time', async () => {
    const { address, requests } = await serve(zip);
    const wrong = await serve(zip.slice(1));
    const entry = archivedEntry([`${wrong.address}a.zip`, `${address}a.zip`]);
    const places = { folders: [], cacheFolder: temporaryFolder() };
    const first = await loadCatalogSet(entry, places);
    expect(first.source).toMatchObject({ kind: 'download', location: `${address}a.zip`, verified: true });
    expect([...first.train.labels]).toEqual([0, 1, 2, 1]);
    const second = await loadCatalogSet(entry, places);
    expect(second.source).toMatchObject({ kind: 'files', verified: true });
    expect(second.train).toEqual(first.train);
    expect(requests).toHaveLength(1);

    const folder = join(places.cacheFolder, 'archived');
    writeFileSync(join(folder, `${names[1]}.gz`), gzipSync(idx([4], [0, 0, 0, 0])));
    expect((await loadCatalogSet(entry, places)).train).toEqual(first.train);
    writeFileSync(join(folder, 'sha256.json'), '{');
    expect((await loadCatalogSet(entry, places)).train).toEqual(first.train);
    expect(requests).toHaveLength(3);
  });

  test('that cannot be had names each address and why', async () => {
    const wrong = zip.slice(1);
    const { address } = await serve(wrong);
    await expect(
      loadCatalogSet(archivedEntry([`${address}a.zip`]), { folders: [], cacheFolder: temporaryFolder() }),
    ).rejects.toThrow(
      `${address}a.zip (its SHA-256 is ${sha256(wrong)}, expected ${sha256(zip)} (${formatCount(zip.length)} bytes)); put its files`,
    );
  });
});

/** Loads a set of the catalog from files of a folder. */
function fromFolder(entry: CatalogEntry, files: Readonly<Record<string, Uint8Array>>) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return loadCatalogSet(entry, { folders: [folder], cacheFolder: temporaryFolder() });
}

test('EMNIST’s images are turned upright and its letters counted from 0', async () => {
  const files = (labels: readonly number[]) => ({
    'emnist-letters-train-images-idx3-ubyte': idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]),
    'emnist-letters-train-labels-idx1-ubyte': idx([2], [1, 26]),
    'emnist-letters-test-images-idx3-ubyte': idx([1, 2, 3], [1, 2, 3, 4, 5, 6]),
    'emnist-letters-test-labels-idx1-ubyte': idx([1], [...labels]),
  });
  const { shape, classes, train, source } = await fromFolder(shrunk('emnist-letters'), files([2]));
  expect(shape).toEqual([3, 2, 1]);
  expect([...train.images]).toEqual([1, 4, 2, 5, 3, 6, 7, 10, 8, 11, 9, 12]);
  expect(Array.from(train.labels, (label) => classes[label])).toEqual(['A', 'Z']);
  expect(source.verified).toBe(false);
  await expect(fromFolder(shrunk('emnist-letters'), files([0]))).rejects.toThrow(
    'label 255 of image 0, expected 0 to 25',
  );
});

test('QMNIST’s labels are the first of eight numbers', async () => {
  const labels = (classes: readonly number[]) => {
    const numbers = classes.flatMap((label) => [label, 0, 4000, 7, 6, 5, 4, 3]);
    const bytes = Buffer.alloc(12 + 4 * numbers.length);
    bytes.set([0, 0, 0x0c, 2]);
    bytes.writeUInt32BE(classes.length, 4);
    bytes.writeUInt32BE(8, 8);
    numbers.forEach((number, at) => bytes.writeInt32BE(number, 12 + 4 * at));
    return bytes;
  };
  const { train, test: testSet } = await fromFolder(shrunk('qmnist'), {
    'qmnist-train-images-idx3-ubyte': idx([2, 1, 1], [5, 6]),
    'qmnist-train-labels-idx2-int': labels([9, 3]),
    'qmnist-test-images-idx3-ubyte': idx([1, 1, 1], [7]),
    'qmnist-test-labels-idx2-int': labels([4]),
  });
  expect([[...train.labels], [...testSet.labels]]).toEqual([[9, 3], [4]]);
});

describe('CIFAR-10', () => {
  /** A record whose red, green and blue values are told apart. */
  const record = (label: number, start: number) =>
    Uint8Array.from([
      label,
      ...Array.from({ length: 3072 }, (_, at) => (start + at * 7 + Math.floor(at / 1024)) % 256),
    ]);

  const archive = (test: Uint8Array) =>
    makeTar([
      ...[1, 2, 3, 4, 5].map((batch) => ({
        name: `cifar-10-batches-bin/data_batch_${batch}.bin`,
        content: record(batch, batch),
      })),
      { name: 'cifar-10-batches-bin/test_batch.bin', content: test },
    ]);

  const entry = () => shrunk('cifar-10', { files: [{ name: 'cifar-10-binary.tar', bytes: 100_000 }] });

  test('is read from its archive, with the colours of a pixel side by side', async () => {
    const {
      shape,
      train,
      test: testSet,
    } = await fromFolder(entry(), {
      'cifar-10-binary.tar': archive(Buffer.concat([record(9, 50), record(0, 60)])),
    });
    expect(shape).toEqual([32, 32, 3]);
    expect([[...train.labels], [...testSet.labels]]).toEqual([
      [1, 2, 3, 4, 5],
      [9, 0],
    ]);
    const second = record(2, 2);
    for (const at of [0, 1, 777, 1023]) {
      expect([...train.images.subarray(3072 + 3 * at, 3072 + 3 * at + 3)]).toEqual([
        second[1 + at],
        second[1 + 1024 + at],
        second[1 + 2048 + at],
      ]);
    }
  });

  test('is refused when its archive lacks a file, or one is cut or has other labels', async () => {
    const refused = (test: Uint8Array) =>
      expect(fromFolder(entry(), { 'cifar-10-binary.tar': archive(test) })).rejects;
    await refused(record(9, 0).slice(1)).toThrow(
      'test_batch.bin: expected records of 3073 bytes, got 3072 bytes in total; get a complete copy',
    );
    await refused(record(10, 0)).toThrow('test_batch.bin: label 10 of record 0, expected 0 to 9');
    await expect(
      fromFolder(entry(), { 'cifar-10-binary.tar': makeTar([{ name: 'cifar-10-batches-bin/readme.html' }]) }),
    ).rejects.toThrow('cifar-10-binary.tar: data_batch_1.bin is missing; get a complete copy');
  });
});
