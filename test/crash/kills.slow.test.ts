import { appendFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { killTraining } from './kills.js';
import { fastFolder } from './scenario.js';

const { INKLING_CRASH_KILLS: kills = '10', INKLING_CRASH_RECORD: record } = process.env;

test(
  'a training that is killed at random times has the same results and leaves nothing behind',
  async () => {
    const counts = await killTraining(fastFolder(), Number(kills), (counts) => {
      if (record !== undefined) console.log(JSON.stringify(counts));
    });
    expect(counts).toMatchObject({ kills: Number(kills), different: 0, refused: 0, leftovers: 0 });
    if (record !== undefined) appendFileSync(record, `${JSON.stringify(counts)}\n`);
  },
  Number(kills) * 30_000,
);
