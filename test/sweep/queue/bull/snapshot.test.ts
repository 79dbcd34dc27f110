import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Redis } from 'ioredis';
import { encodeRecord } from '#inkling/core/record.js';
import { readRun } from '#inkling/runs/readRun.js';
import { installRun, packRun, readSnapshot } from '#inkling/sweep/queue/bull/snapshot.js';
import { MAX_REDIS_BYTES, redisStore } from '#inkling/sweep/queue/bull/stores.js';
import { run, sharedFolder } from '../../../helpers/run.js';

const home = sharedFolder();

it('carries the files of a run to another folder', async () => {
  const { folder } = await run(home);
  writeFileSync(join(folder, 'training.pid'), '1');
  const bytes = packRun(folder, 2);
  const sweep = join(home, 'sweep');
  mkdirSync(join(sweep, 'trial-0-1'), { recursive: true });
  installRun(readSnapshot(bytes, 's'), sweep, 'trial-0-1');
  const installed = join(sweep, 'trial-0-1');
  expect(readdirSync(sweep)).toEqual(['trial-0-1']);
  expect(readRun(installed)).toEqual({
    ...readRun(folder),
    folder: installed,
    config: { ...readRun(folder).config, runDir: sweep },
  });
  for (const file of ['metrics.csv', 'events.jsonl', 'checkpoints/best.safetensors']) {
    expect(readFileSync(join(installed, file)).equals(readFileSync(join(folder, file)))).toBe(true);
  }
  expect(readdirSync(installed)).not.toContain('training.pid');
});

it('rejects damaged files and other paths', async () => {
  const { folder } = await run(home);
  const bytes = packRun(folder, 2);
  expect(() => readSnapshot(bytes.subarray(0, -1), 's')).toThrow(
    /^s: \S+ is damaged: expected \d+ bytes with the checksum crc32:\w+, got others; remove it, so that the trial starts again$/,
  );
  for (const path of ['../config.json', '/etc/passwd', 'checkpoints/../../a', '.a']) {
    const header = encodeRecord({ format: 1, epochs: 1, files: [{ path, bytes: 0, checksum: '' }] });
    expect(() => readSnapshot(Buffer.from(`${header}\n`), 's')).toThrow(/^s: files\.0\.path: /);
  }
});

it('is rejected by Redis if it is too large', async () => {
  const redis = new Redis({ lazyConnect: true });
  const saving = redisStore(redis, 'sweep').save('trial-3', new Uint8Array(MAX_REDIS_BYTES + 1));
  await expect(saving).rejects.toThrow(
    'trial-3: expected run files of at most 64.00 MB, which Redis keeps in memory, got 64.00 MB; start the workers with the option store, a folder that they share with the sweep',
  );
});
