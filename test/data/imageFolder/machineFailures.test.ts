import { beforeEach, expect, test, vi } from 'vitest';
import { MachineError } from '#inkling/core/errors.js';
import type * as Pool from '#inkling/images/decodePool.js';
import { temporaryFolder } from '../tinySet.js';
import { load, pngFiles, writeFileTree } from './samples.js';

const { machine } = vi.hoisted(() => ({ machine: { fails: false } }));

/** A pool on a machine that may fail to decode the first file. */
vi.mock('#inkling/images/decodePool.js', async (original) => {
  const { DecodePool, ...others } = await original<typeof Pool>();
  return {
    ...others,
    DecodePool: class extends DecodePool {
      override async resize(...[files, shape, onResult]: Parameters<Pool.DecodePool['resize']>) {
        await super.resize(files, shape, (file, result) => {
          const failure = { problem: 'no memory', isMachineFailure: true };
          onResult(file, machine.fails && file === 0 ? failure : result);
        });
      }
    },
  };
});

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', temporaryFolder());
});

test('a machine failure is reported as such, and not cached', async () => {
  const folder = temporaryFolder();
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)) });
  machine.fails = true;
  await expect(load(folder)).rejects.toThrow(
    new MachineError(
      `${folder}: 1 file cannot be decoded: a/0.png (no memory); try again, since the machine is the cause for at least one of them`,
    ),
  );
  const partial = await load(folder, { skipUnreadable: true });
  expect(partial.imageFiles?.unreadable).toEqual([{ file: 'a/0.png', problem: 'no memory' }]);
  machine.fails = false;
  expect((await load(folder)).imageFiles?.unreadable).toEqual([]);
});

test('a note lists files of which only a part was read', async () => {
  const { encodeGif } = await import('../../helpers/encodeImage.js');
  const folder = temporaryFolder();
  const gif = encodeGif({ width: 2, height: 2, data: new Uint8Array(16).fill(255) });
  writeFileTree(folder, { ...(await pngFiles('a', 3)), ...(await pngFiles('b', 3)), 'b/moving.gif': gif });
  for (const source of ['decoded', 'cached']) {
    expect((await load(folder)).source.notes, source).toContain(
      '1 file animated: only the first frame is used: b/moving.gif',
    );
  }
});
