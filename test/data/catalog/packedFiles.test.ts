import { createHash } from 'node:crypto';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import type * as Catalog from '#inkling/data/catalog/catalog.js';
import type { CatalogEntry } from '#inkling/data/catalog/catalogEntry.js';
import { loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import { respondWithFile, serveBytes, startMirror } from '../files/mirror.js';
import { idx, temporaryFolder, tinyEntry, tinyFiles, writeFiles } from '../tinySet.js';

/** Adds the tiny set to the catalog, with the hashes of its unpacked files. */
vi.mock('#inkling/data/catalog/catalog.js', async (original) => {
  const real = await original<typeof Catalog>();
  const { tinyEntry: tiny } = await import('../tinySet.js');
  return { ...real, catalog: [...real.catalog, tiny()] };
});

const md5 = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');
const names = Object.keys(tinyFiles);

/** A set with the tiny set's files, of which only the hashes of the packed files are known. */
function packedEntry(mirrors: readonly string[] = []): CatalogEntry {
  const files = names.map((name) => ({
    name,
    bytes: tinyFiles[name].length,
    packedMd5: md5(gzipSync(tinyFiles[name])),
  }));
  return { ...tinyEntry(mirrors), name: 'other', subfolders: ['other', 'OTHER/raw'], files };
}

describe('a set of which only the hashes of packed files are known', () => {
  test('is downloaded, stored packed and verified each time', async () => {
    const mirror = await startMirror(respondWithFile);
    const cacheFolder = temporaryFolder();
    const entry = packedEntry([mirror.url]);
    const first = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(first.source).toMatchObject({ kind: 'download', verified: true });
    expect(readdirSync(join(cacheFolder, 'other')).sort()).toEqual(names.map((name) => `${name}.gz`).sort());
    const second = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(second.source).toMatchObject({ kind: 'files', verified: true });
    expect(mirror.requests).toEqual(names);

    // A valid gzip file with other content.
    const path = join(cacheFolder, 'other/t10k-labels-idx1-ubyte.gz');
    writeFileSync(path, gzipSync(idx([2], [0, 0])));
    const third = await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect([...third.test.labels]).toEqual([2, 0]);
    expect(mirror.requests).toEqual([...names, 't10k-labels-idx1-ubyte']);
    // A raw file, which cannot be verified.
    rmSync(path);
    writeFileSync(join(cacheFolder, 'other/t10k-labels-idx1-ubyte'), idx([2], [0, 0]));
    await loadCatalogSet(entry, { folders: [], cacheFolder });
    expect(mirror.requests).toHaveLength(6);
  });

  test('is not accepted from a mirror that sends it unpacked, or another file', async () => {
    const { url } = await serveBytes(tinyFiles[names[0]]);
    const other = await serveBytes(gzipSync(tinyFiles[names[1]]));
    const load = loadCatalogSet(packedEntry([url, other.url]), {
      folders: [],
      cacheFolder: temporaryFolder(),
    });
    await expect(load).rejects.toThrow(
      `${url}${names[0]}.gz (it is not packed with gzip, but its known hash is that of the gzip file)`,
    );
    await expect(load).rejects.toThrow(
      `${other.url}${names[0]}.gz (the MD5 of its packed bytes is ${md5(gzipSync(tinyFiles[names[1]]))}, expected ${md5(gzipSync(tinyFiles[names[0]]))})`,
    );
  });

  test('is found only in a folder with its name', async () => {
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

  test('is not verified if it was packed by another program, but read, unless it is damaged', async () => {
    const folder = temporaryFolder();
    const places = { folders: [folder], cacheFolder: temporaryFolder() };
    const entry = { ...packedEntry(), name: 'tiny', subfolders: ['tiny'] };
    writeFiles(join(folder, 'tiny'), tinyFiles, true);
    expect((await loadCatalogSet(entry, places)).source.verified).toBe(true);
    const path = join(folder, 'tiny', `${names[1]}.gz`);
    const repacked = gzipSync(tinyFiles[names[1]], { level: 0 });
    writeFileSync(path, repacked);
    const { source, train } = await loadCatalogSet(entry, places);
    expect(source.verified).toBe(false);
    expect(train.labels).toHaveLength(4);
    writeFileSync(path, Uint8Array.from(repacked).fill(1, -5));
    await expect(loadCatalogSet(entry, places)).rejects.toThrow(`${path}: the gzip data is corrupt`);
  });

  test('is not verified if unpacked, but rejected if known to belong to another set', async () => {
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
