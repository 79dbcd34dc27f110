import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { allSettings } from '#inkling/train/settings/names.js';
import { listNames } from '#inkling/core/suggest.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { recipe } from '#inkling/train/recipes.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { inkling } from './capture.js';

const loadDataset = () => Promise.resolve(stripes({ train: 40, test: 10 }));

/** The configuration saved by a run with these flags. */
async function configOf(...flags: string[]): Promise<PartialConfig> {
  const runDir = temporaryFolder();
  const outcome = await inkling(['train', '--run-dir', runDir, '--name', 'a', ...flags], { loadDataset });
  expect(outcome).toMatchObject({ code: 0, stderr: '' });
  return JSON.parse(readFileSync(join(runDir, 'a-1', 'config.json'), 'utf8')) as PartialConfig;
}

describe('inkling train --recipe', () => {
  it('uses the settings of the recipe, which other flags override', async () => {
    const { model, ...settings } = recipe('fast').gray;
    const changes = { epochs: 4, learningRate: 0.001, model: 'mlp' };
    expect(model).not.toBe('mlp');
    // A flag overrides the recipe even if its value is the default.
    const config = await configOf('--recipe', 'fast', '--epochs', '4', '--lr', '0.001', '--model', 'mlp');
    expect(config).toMatchObject({ ...settings, ...changes });
  });

  it('rejects unknown recipes and conflicting flags before loading the data set', async () => {
    const none = { loadDataset: () => Promise.reject(new Error('too late')) };
    expect(await inkling(['train', '--recipe', 'fats'], none)).toMatchObject({
      code: 2,
      stderr: 'inkling: unknown recipe "fats" (did you mean "fast"?); expected report, fast or best\n',
    });
    const { stderr, code } = await inkling(
      ['train', '--recipe', 'fast', '--epochs', '1', '--warmup-epochs', '1'],
      none,
    );
    expect({ stderr, code }).toEqual({
      code: 1,
      stderr: 'inkling: config: warmupEpochs: expected less than 1 epoch, the length of the run, got 1\n',
    });
    const both = await inkling(['train', '--recipe', 'fast', '--config', 'x.json'], none);
    expect(both.code).toBe(2);
    expect(both.stderr).toContain('cannot be used with');
  });
});

describe('inkling train --config', () => {
  it('uses the settings of another run, except its name and folders; other flags override them', async () => {
    const file = join(temporaryFolder(), 'config.json');
    const saved = parseConfig({
      model: 'mlp',
      epochs: 2,
      optimizer: 'nesterov',
      runDir: 'x',
      dataDir: 'y',
      threads: 9,
    });
    writeFileSync(file, JSON.stringify(saved));
    const config = await configOf('--config', file, '--seed', '4', '--threads', '1');
    expect(config).toMatchObject({ model: 'mlp', epochs: 2, optimizer: 'nesterov', seed: 4, threads: 1 });
    expect(config).not.toHaveProperty('dataDir');
    expect(config.runDir).not.toBe('x');
  });

  it('reports an error in the file', async () => {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, '{"epoch": 3}');
    expect(await inkling(['train', '--config', file], { loadDataset })).toMatchObject({
      code: 1,
      stderr: `inkling: ${file}: unknown setting "epoch" (did you mean "epochs"?); expected ${listNames(allSettings)}\n`,
    });
  });
});

describe('inkling recipes', () => {
  it('lists all recipes', async () => {
    const { code, stdout } = await inkling(['recipes']);
    expect(code).toBe(0);
    for (const name of ['report', 'fast', 'best']) expect(stdout).toMatch(new RegExp(`^${name} +\\w`, 'm'));
    const json: unknown = JSON.parse((await inkling(['recipes', '--json'])).stdout);
    expect(json).toMatchObject({ fast: recipe('fast') });
  });

  it('shows the settings of a recipe as flags', async () => {
    const { stdout } = await inkling(['recipes', 'fast']);
    expect(stdout).toMatch(/^--schedule +one-cycle +one-cycle$/m);
    expect(stdout).not.toContain('--seed');
    expect((await inkling(['recipes', 'best'])).stdout).toMatch(/^--augment +shift=\S+ +crop=\d+,flip,/m);
    expect((await inkling(['recipes', 'report'])).stdout).toContain('all settings have their defaults');
    expect(JSON.parse((await inkling(['recipes', 'best', '--json'])).stdout)).toEqual(recipe('best'));
  });
});
