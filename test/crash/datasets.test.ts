import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { vi } from 'vitest';
import type { CatalogEntry } from '#inkling/data/catalog/catalogEntry.js';
import { loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadImageFolder } from '#inkling/data/imageFolder/loadImageFolder.js';
import { removeAbandonedBelow } from '#inkling/platform/temporaries.js';
import { writeFileTree } from '../data/imageFolder/samples.js';
import { makeTar } from '../data/files/makeTar.js';
import { sha256, tinyEntry, tinyFiles } from '../data/tinySet.js';
import { type Notices, testScenario } from './scenario.js';

vi.mock('#inkling/images/decodePool.js', () => import('./inlineDecoder.js'));

/** The images and labels of the last load, by folder. */
const loaded = new Map<string, unknown>();

/** Keeps what a user gets from a data set, and returns the notices. */
function keep(folder: string, { train, test, classes, shape, source }: Dataset): Notices {
  loaded.set(folder, { train, test, classes, shape });
  return (source.notes ?? []).filter((note) => note.startsWith('not cached'));
}

/** The data set, and the names of everything in the cache except temporary files, which are checked after the retry. */
function outcome(folder: string) {
  return {
    dataset: loaded.get(folder),
    cache: readdirSync(join(folder, 'cache'), { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.endsWith('.tmp'))
      .map((name) => name.replace(/[0-9a-f]{32}/, 'KEY'))
      .sort(),
  };
}

const images = Object.fromEntries(
  ['train/a/1', 'train/a/2', 'train/b/1', 'test/a/1', 'test/b/1'].map((name, index) => [
    `${name}.png`,
    Uint8Array.from({ length: 12 }, (_, i) => index * 20 + i),
  ]),
);

/** Loads an image folder or archive, as `loadDataset` does. */
async function load(folder: string, name: string): Promise<Notices> {
  loaded.delete(folder);
  const cacheFolder = join(folder, 'cache');
  removeAbandonedBelow(cacheFolder);
  const options = { target: {}, use: 'training', skipUnreadable: false, cacheFolder } as const;
  return keep(folder, await loadImageFolder(join(folder, name), options));
}

testScenario({
  name: 'caching decoded images',
  prepare: (folder) => {
    writeFileTree(join(folder, 'images'), images);
  },
  act: (folder) => load(folder, 'images'),
  outcome,
});

testScenario({
  name: 'unpacking an archive',
  prepare: (folder) => {
    const entries = Object.entries(images).map(([name, content]) => ({ name, content }));
    writeFileSync(join(folder, 'images.tar.gz'), gzipSync(makeTar(entries)));
  },
  act: (folder) => load(folder, 'images.tar.gz'),
  outcome,
});

testScenario({
  name: 'replacing the oldest of the cached data sets',
  prepare: async (folder) => {
    for (let set = 1; set <= 9; set++) writeFileTree(join(folder, `images-${set}`), images);
    for (let set = 1; set <= 8; set++) await load(folder, `images-${set}`);
  },
  act: (folder) => load(folder, 'images-9'),
  // If the oldest one was not removed, it is when the next one is written.
  outcome: (folder) => loaded.get(folder),
});

testScenario({
  name: 'using cached images',
  prepare: async (folder) => {
    writeFileTree(join(folder, 'images'), images);
    await load(folder, 'images');
  },
  act: (folder) => load(folder, 'images'),
  outcome,
});

/** Serves files by name to the download code, without a network. */
function serve(files: Readonly<Record<string, Uint8Array>>): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation((url) => {
    const name = String(url).split('/').at(-1) ?? '';
    return Promise.resolve(new Response(Uint8Array.from(files[name])));
  });
}

const packed = Object.fromEntries(
  Object.entries(tinyFiles).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
);
const zip = zipSync(packed);

async function download(folder: string, entry: CatalogEntry): Promise<Notices> {
  serve({ ...packed, 'all.zip': zip });
  loaded.delete(folder);
  const cacheFolder = join(folder, 'cache');
  removeAbandonedBelow(cacheFolder);
  return keep(folder, await loadCatalogSet(entry, { folders: [], cacheFolder }));
}

testScenario({
  name: 'downloading a data set',
  act: (folder) => download(folder, tinyEntry(['https://mirror.test/'])),
  outcome,
});

testScenario({
  name: 'downloading an archive of a data set',
  act: (folder) => {
    const files = Object.entries(tinyFiles).map(([name, bytes]) => ({ name, bytes: bytes.length }));
    const archive = { urls: ['https://mirror.test/all.zip'], bytes: zip.length, sha256: sha256(zip) };
    return download(folder, { ...tinyEntry(), name: 'archived', subfolders: ['archived'], files, archive });
  },
  outcome,
});
