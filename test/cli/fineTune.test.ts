import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readRun } from '#inkling/runs/readRun.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

const dataset = stripes({ train: 40, test: 10 });
const others = { ...dataset, name: 'others', classes: ['a', 'b', 'c'] };

let runs: string;
beforeEach(async () => {
  runs = temporaryFolder();
  const argv = ['train', '--run-dir', runs, '--name', 'base', '--epochs', '1'];
  await inkling(argv, { loadDataset: () => Promise.resolve(dataset) });
});

const train = (...flags: string[]) =>
  inkling(['train', '--run-dir', runs, '--epochs', '1', ...flags], {
    loadDataset: () => Promise.resolve(others),
  });

describe('inkling train --init-from', () => {
  it('fine-tunes a run with frozen layers for other classes, and reports it', async () => {
    const { code, stdout, stderr } = await train('--init-from', 'base-1', '--freeze', 'layer1,layer2');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const base = join(runs, 'base-1');
    expect(stdout).toContain(
      `fine-tuning ${base}; the last layer, fc, is re-initialized for the new classes\n`,
    );
    expect(stdout).toContain('frozen layers: layer1, layer2\n');
    const { config, summary } = readRun(join(runs, 'report-cnn-others-1'));
    expect(config).toMatchObject({ initFrom: base, freeze: ['layer1', 'layer2'] });
    expect(summary).toMatchObject({ newHead: 'fc' });
  });

  it('accepts a checkpoint file', async () => {
    const file = join(runs, 'base-1', 'checkpoints', 'last.safetensors');
    expect(await train('--init-from', file)).toMatchObject({ code: 0, stderr: '' });
  });

  it('rejects conflicting or invalid flags before loading the data set', async () => {
    const none = { loadDataset: () => Promise.reject(new Error('too late')) };
    const refusal = async (...flags: string[]) =>
      (await inkling(['train', '--run-dir', runs, ...flags], none)).stderr;
    expect(await refusal('--init-from', 'base-1', '--model', 'mlp')).toBe(
      'inkling: --model: cannot be used with --init-from, which determines the model; leave one of them out\n',
    );
    expect(await refusal('--init-from', 'base-2')).toContain('base-2');
    expect(await refusal('--freeze', 'layer1')).toContain('config: freeze: requires backbone, weights, or initFrom');
    expect(await refusal('--init-from', 'base-1', '--freeze', 'layer1,,')).toContain(
      '--freeze: expected names',
    );
    expect(await refusal('--init-from', 'base-1', '--freeze', 'layre1')).toBe(
      'inkling: freeze: unknown layer "layre1" (did you mean "layer1"?); ' +
        'expected layers of report-cnn with weights: layer1, layer2, fc, layer1.0, layer1.1, layer2.0 or layer2.1\n',
    );
  });
});
