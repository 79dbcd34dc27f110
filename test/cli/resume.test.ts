import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '#inkling/runs/readRun.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

let runs: string;
beforeEach(() => {
  runs = temporaryFolder();
});

const loadDataset = () => Promise.resolve(stripes({ train: 40, test: 10 }));
const train = (...flags: string[]) => inkling(['train', '--run-dir', runs, ...flags], { loadDataset });

describe('inkling train --resume', () => {
  it('resumes a run by its name', async () => {
    const flags = ['--model', 'mlp', '--epochs', '1', '--name', 'a', '--lr', '0.01'];
    expect(await train(...flags)).toMatchObject({ code: 0 });
    const { code, stdout, stderr } = await train('--resume', 'a-1', '--epochs', '2', '--lr', '0.01');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('resuming after epoch 1\n');
    expect(stdout).toContain(`to create a report, run: inkling report ${join(runs, 'a-1')}\n`);
    expect(readRun(join(runs, 'a-1')).summary).toMatchObject({ stopReason: 'completed' });
    expect(readRun(join(runs, 'a-1')).summary?.epochs).toHaveLength(2);
  });

  it('rejects changed settings before loading the data set', async () => {
    await train('--model', 'mlp', '--epochs', '1', '--name', 'a');
    const none = { loadDataset: () => Promise.reject(new Error('too late')) };
    const refusal = async (...flags: string[]) => {
      const argv = ['train', '--run-dir', runs, '--resume', 'a-1', ...flags];
      const { code, stderr } = await inkling(argv, none);
      return [code, stderr.replace(join(runs, 'a-1'), 'RUN')];
    };
    expect(await refusal('--lr', '0.5')).toEqual([
      2,
      'inkling: --lr: expected 0.001, as in the run RUN, got 0.5; leave it out, or start a new run\n',
    ]);
    expect(await refusal('--clip-norm', '2')).toEqual([
      2,
      'inkling: --clip-norm: expected no value, as in the run RUN, got 2; leave it out, or start a new run\n',
    ]);
    expect(await refusal()).toEqual([
      1,
      'inkling: resume: expected more epochs than the 1 that RUN has completed, got 1; increase --epochs\n',
    ]);
    expect((await refusal('--seeds', '0..2'))[1]).toContain('cannot be used with');
  });

  it('is suggested when a run is interrupted', async () => {
    const controller = new AbortController();
    const data = stripes({ train: 2000, test: 10 });
    const interrupting = inkling(['train', '--run-dir', runs, '--model', 'mlp', '--epochs', '100000'], {
      loadDataset: () => {
        setTimeout(() => {
          controller.abort();
        }, 1500);
        return Promise.resolve(data);
      },
      signal: controller.signal,
    });
    const { code, stderr } = await interrupting;
    expect(code).toBe(1);
    expect(stderr).toContain(`; to resume, run "inkling train --resume ${join(runs, 'mlp-stripes-1')}"\n`);
  });
});
