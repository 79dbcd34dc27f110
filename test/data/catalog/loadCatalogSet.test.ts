import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { DatasetUnavailableError, loadCatalogSet } from '#inkling/data/catalog/loadCatalogSet.js';
import { respondForbidden, respondWithFile, startMirror } from '../files/mirror.js';
import { sha256, temporaryFolder, tinyEntry, tinyFiles, writeFiles } from '../tinySet.js';

const names = Object.keys(tinyFiles);
const hashes = Object.fromEntries(Object.entries(tinyFiles).map(([name, bytes]) => [name, sha256(bytes)]));

/** A well-formed labels file with the wrong content. */
const wrongLabels = Uint8Array.from(tinyFiles['train-labels-idx1-ubyte']).fill(0, -1);

describe('files in a folder', () => {
  test('are verified and loaded without contacting a mirror', async () => {
    const mirror = await startMirror(respondWithFile);
    const [empty, folder, cacheFolder] = Array.from({ length: 3 }, temporaryFolder);
    writeFiles(join(folder, 'tiny'), tinyFiles, true);
    const dataset = await loadCatalogSet(tinyEntry([mirror.url]), {
      folders: [empty, folder],
      cacheFolder,
    });
    expect(dataset.source).toEqual({
      kind: 'files',
      location: join(folder, 'tiny'),
      verified: true,
      sha256: hashes,
    });
    expect(dataset.classes).toEqual(['a', 'b', 'c']);
    expect([...dataset.train.labels]).toEqual([0, 1, 2, 1]);
    expect(mirror.requests).toEqual([]);
    expect(readdirSync(cacheFolder)).toEqual([]);
  });

  test('cause an error if wrong; the user’s folder is not modified and nothing is downloaded', async () => {
    const mirror = await startMirror(respondWithFile);
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    writeFiles(folder, { ...tinyFiles, 'train-labels-idx1-ubyte': wrongLabels });
    const path = join(folder, 'train-labels-idx1-ubyte');
    await expect(loadCatalogSet(tinyEntry([mirror.url]), { folders: [folder], cacheFolder })).rejects.toThrow(
      new InklingError(
        `${path}: the SHA-256 of its unpacked bytes is ${sha256(wrongLabels)}, expected ${hashes['train-labels-idx1-ubyte']}; delete it and download it again`,
      ),
    );
    expect([...readFileSync(path)]).toEqual([...wrongLabels]);
    expect(mirror.requests).toEqual([]);
  });
});

describe('a download', () => {
  test('is stored, unpacked, in the cache folder and read from there the next time', async () => {
    const mirror = await startMirror(respondWithFile);
    const paths = { folders: [], cacheFolder: join(temporaryFolder(), 'not/yet/there') };
    const entry = tinyEntry([mirror.url]);
    const first = await loadCatalogSet(entry, paths);
    expect(first.source).toEqual({
      kind: 'download',
      location: mirror.url,
      verified: true,
      sha256: hashes,
    });
    const folder = join(paths.cacheFolder, 'tiny');
    expect(readdirSync(folder).sort()).toEqual([...names].sort());
    for (const name of names) expect([...readFileSync(join(folder, name))]).toEqual([...tinyFiles[name]]);

    const second = await loadCatalogSet(entry, paths);
    expect(second).toEqual({ ...first, source: { ...first.source, kind: 'files', location: folder } });
    expect(mirror.requests).toEqual(names);
  });

  test('fetches only what is missing or wrong in the cache folder', async () => {
    const mirror = await startMirror(respondWithFile);
    const cacheFolder = temporaryFolder();
    const folder = join(cacheFolder, 'tiny');
    writeFiles(folder, { ...tinyFiles, 'train-labels-idx1-ubyte': wrongLabels }, true);
    rmSync(join(folder, 't10k-images-idx3-ubyte.gz'));
    writeFileSync(join(folder, 't10k-labels-idx1-ubyte.gz'), gzipSync(wrongLabels).subarray(0, 20));
    const dataset = await loadCatalogSet(tinyEntry([mirror.url]), { folders: [], cacheFolder });
    expect(dataset.source.sha256).toEqual(hashes);
    expect(mirror.requests).toEqual(names.slice(1));

    await loadCatalogSet(tinyEntry([mirror.url]), { folders: [], cacheFolder });
    expect(mirror.requests).toHaveLength(3);
  });

  test('is stored where the cache folder already contains the set', async () => {
    const mirror = await startMirror(respondWithFile);
    const cacheFolder = temporaryFolder();
    writeFiles(cacheFolder, { ...tinyFiles, 'train-labels-idx1-ubyte': wrongLabels });
    const dataset = await loadCatalogSet(tinyEntry([mirror.url]), { folders: [], cacheFolder });
    expect(dataset.source).toEqual({
      kind: 'download',
      location: mirror.url,
      verified: true,
      sha256: hashes,
    });
    expect(mirror.requests).toEqual(['train-labels-idx1-ubyte']);
    expect(readdirSync(cacheFolder).sort()).toEqual([...names].sort());
  });

  test('continues with the mirror that worked, and names all mirrors used', async () => {
    const down = await startMirror(respondForbidden);
    const half = await startMirror((file, response) => {
      (file.startsWith('train') ? respondWithFile : respondForbidden)(file, response);
    });
    const last = await startMirror(respondWithFile);
    const entry = tinyEntry([down.url, half.url, last.url]);
    const dataset = await loadCatalogSet(entry, { folders: [], cacheFolder: temporaryFolder() });
    expect(dataset.source.location).toBe(`${half.url}, ${last.url}`);
    expect(down.requests).toEqual([names[0], names[2]]);
    expect(half.requests).toEqual(names);
    expect(last.requests).toEqual(names.slice(2));
  });

  test('that cannot be written is used, with a note', async () => {
    const mirror = await startMirror(respondWithFile);
    const cacheFolder = join(temporaryFolder(), 'file');
    writeFileSync(cacheFolder, '');
    const { source } = await loadCatalogSet(tinyEntry([mirror.url]), { folders: [], cacheFolder });
    expect(source.notes).toEqual([
      `not cached, so the files will be downloaded again next time: cannot create ${cacheFolder}: a file with that name already exists; move it or choose another location`,
    ]);
  });

  test('stops when aborted, and keeps the files it has', async () => {
    const stop = new AbortController();
    const reason = new Error('the user has had enough');
    const mirror = await startMirror((file, response) => {
      if (file.startsWith('t10k')) stop.abort(reason);
      else respondWithFile(file, response);
    });
    const cacheFolder = temporaryFolder();
    const load = loadCatalogSet(
      tinyEntry([mirror.url]),
      { folders: [], cacheFolder },
      { signal: stop.signal },
    );
    await expect(load).rejects.toBe(reason);
    expect(readdirSync(join(cacheFolder, 'tiny'))).toEqual([
      'train-images-idx3-ubyte',
      'train-labels-idx1-ubyte',
    ]);
  });
});

test('an unavailable data set causes an error that lists the folders and URLs tried, and what to do', async () => {
  const [forbidden, stopped] = [await startMirror(respondForbidden), await startMirror(respondWithFile)];
  stopped.stop();
  const [empty, cacheFolder] = [temporaryFolder(), temporaryFolder()];
  mkdirSync(join(cacheFolder, 'tiny'));
  writeFiles(join(cacheFolder, 'tiny'), { 'train-images-idx3-ubyte': wrongLabels });
  const load = loadCatalogSet(tinyEntry([forbidden.url, stopped.url]), {
    folders: [join(empty, 'nowhere'), empty],
    cacheFolder,
  });
  await expect(load).rejects.toThrow(
    new DatasetUnavailableError(
      `tiny: not found; tried ${join(empty, 'nowhere')} (no such folder), ${empty} (none of the files), ` +
        `${join(cacheFolder, 'tiny')} (missing train-labels-idx1-ubyte, t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte), ` +
        `${join(cacheFolder, 'tiny/train-images-idx3-ubyte')} (the SHA-256 of its unpacked bytes is ${sha256(wrongLabels)}, ` +
        `expected ${hashes['train-images-idx3-ubyte']}), ` +
        `${forbidden.url}train-images-idx3-ubyte.gz (HTTP 403 Forbidden), ` +
        `${stopped.url}train-images-idx3-ubyte.gz (connection refused); put its files (${names.join(', ')}, raw or .gz) ` +
        'into a folder named tiny and pass its parent folder as the option dataDir, or use the data set digits',
    ),
  );
});
