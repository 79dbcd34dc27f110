import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workOnTrials } from '#inkling/sweep/queue/bull/workOnTrials.js';
import { temporaryFolder } from '../data/tinySet.js';
import { sharedFolder } from '../helpers/run.js';
import { redisMissing, RedisServer } from '../sweep/queue/redis.js';
import { writeStripes } from '../sweep/queue/stripesFolder.js';
import { inkling } from './capture.js';

describe.skipIf(redisMissing !== undefined)('--queue', () => {
  const home = sharedFolder();
  const controller = new AbortController();
  let images: string;
  let server: RedisServer;
  let url: string;
  let working: Promise<void>;

  beforeAll(async () => {
    images = writeStripes(home);
    server = await RedisServer.start(home, ['--requirepass', 'secret']);
    url = `redis://:secret@127.0.0.1:${server.port}`;
    working = workOnTrials({ url, signal: controller.signal, notify: () => undefined });
  });
  afterAll(async () => {
    controller.abort();
    await working;
    await server.kill();
  });

  const common = (runs: string) => [
    '--dataset',
    images,
    '--model',
    'mlp',
    '--epochs',
    '2',
    '--run-dir',
    runs,
  ];

  it('has workers train seeds, and prints no password', async () => {
    const runs = temporaryFolder();
    const argv = ['train', ...common(runs), '--seeds', '3..4', '--queue', url];
    const { code, stdout, stderr } = await inkling(argv);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(`1 worker at redis://127.0.0.1:${server.port}\n`);
    expect(stdout).toMatch(/^seed 3: epoch 2 of 2, validation accuracy [\d.]+ %$/m);
    expect(stdout).toMatch(/^mlp, seed 4: test accuracy .*mlp-stripes-2$/m);
    expect(stdout).toMatch(/^mlp: mean [\d.]+ %, standard deviation [\d.]+ %, 2 seeds$/m);
    expect(stdout).not.toContain('secret');
    expect(readdirSync(runs).sort()).toEqual(['mlp-stripes-1', 'mlp-stripes-2']);
  });

  it('rejects a wrong password before anything is created', async () => {
    const runs = temporaryFolder();
    const space = join(home, 'space.json');
    writeFileSync(space, JSON.stringify({ learningRate: { float: [0.01, 0.1] } }));
    const wrong = url.replace('secret', 'wrong');
    for (const command of [['sweep', space], ['train', '--seeds', '0..1'], ['train'], ['reproduce']]) {
      const flags = command[0] === 'reproduce' ? ['--run-dir', runs] : common(runs);
      const outcome = await inkling([...command, ...flags, '--queue', wrong]);
      expect(outcome).toMatchObject({ code: 1, stdout: '' });
      expect(outcome.stderr).toMatch(
        /^inkling: queue: redis:\S+ rejected the user name or the password: WRONGPASS/,
      );
    }
    expect(readdirSync(runs)).toEqual([]);
  });
});
