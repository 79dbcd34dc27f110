import { writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { sharedFolder } from '../../../helpers/run.js';
import { killAll } from '../processes.js';
import { redisMissing } from '../redis.js';
import { killSweeps } from './killSweeps.js';

const { INKLING_SWEEP_KILLS: kills = '6', INKLING_SWEEP_SEED: seed = '1' } = process.env;
const { INKLING_SWEEP_RECORD: record } = process.env;

afterEach(killAll);

it.skipIf(redisMissing !== undefined)(
  'sweeps have the same results if workers, coordinators, and Redis are killed at random times',
  async () => {
    const counts = await killSweeps(sharedFolder(), Number(kills), Number(seed));
    expect(counts.different).toBe(0);
    expect(counts.workers + counts.coordinators + counts.servers).toBe(Number(kills));
    if (record !== undefined) writeFileSync(record, `${JSON.stringify(counts)}\n`);
  },
  Number(kills) * 30_000,
);
