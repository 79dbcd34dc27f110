import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { formatCount } from '#inkling/core/format.js';
import type { CatalogEntry } from '#inkling/data/catalog/catalogEntry.js';
import { loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import { serveBytes } from '../files/mirror.js';
import { idx, sha256, temporaryFolder, tinyEntry, tinyFiles } from '../tinySet.js';

const names = Object.keys(tinyFiles);

describe('a set that is part of an archive', () => {
  const inner = Object.fromEntries(names.map((name) => [`gzip/${name}.gz`, gzipSync(tinyFiles[name])]));
  const zip = zipSync({ ...inner, 'gzip/huge.gz': new Uint8Array(1000) });

  function archivedEntry(urls: readonly string[]): CatalogEntry {
    const files = names.map((name) => ({ name, bytes: tinyFiles[name].length }));
    const archive = { urls, bytes: zip.length, sha256: sha256(zip) };
    return { ...tinyEntry(), name: 'archived', subfolders: ['', 'archived'], mirrors: [], files, archive };
  }

  test('is downloaded once, stored and verified each time', async () => {
    const { url, requests } = await serveBytes(zip);
    const wrong = await serveBytes(zip.slice(1));
    const entry = archivedEntry([`${wrong.url}a.zip`, `${url}a.zip`]);
    const places = { folders: [], cacheFolder: temporaryFolder() };
    const first = await loadCatalogSet(entry, places);
    expect(first.source).toMatchObject({ kind: 'download', location: `${url}a.zip`, verified: true });
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

  test('causes an error that lists the URLs and reasons if it cannot be downloaded', async () => {
    const wrong = zip.slice(1);
    const { url } = await serveBytes(wrong);
    await expect(
      loadCatalogSet(archivedEntry([`${url}a.zip`]), { folders: [], cacheFolder: temporaryFolder() }),
    ).rejects.toThrow(
      `${url}a.zip (its SHA-256 is ${sha256(wrong)}, expected ${sha256(zip)} (${formatCount(zip.length)} bytes)); put its files`,
    );
  });
});
