import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import type { Model } from '#inkling/models/model.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { checkModel, startingConfig } from '#inkling/runs/startingConfig.js';
import type { PartialConfig } from '#inkling/train/config.js';
import { temporaryFolder } from '../data/tinySet.js';
import { hashOf } from '../helpers/hash.js';
import { stripes } from '../helpers/stripes.js';
import { dictionary, stateDictFile } from '../interop/torch/file/torchFiles.js';
import { inkling } from './capture.js';

const dataset = stripes({ train: 40, test: 10 });
const others = { ...dataset, name: 'others', classes: ['a', 'b', 'c'] };

/** The layers of the preset mlp for any number of classes. */
const NET = JSON.stringify({
  layers: [
    { type: 'flatten', name: 'flatten' },
    { type: 'linear', name: 'hidden', outFeatures: 64 },
    { type: 'relu', name: 'relu' },
    { type: 'linear', name: 'fc', outFeatures: 'classes' },
  ],
});

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
    expect(await refusal('--freeze', 'layer1')).toContain(
      'config: freeze: requires backbone, weights, or initFrom',
    );
    expect(await refusal('--init-from', 'base-1', '--freeze', 'layer1,,')).toContain(
      '--freeze: expected names',
    );
    expect(await refusal('--init-from', 'base-1', '--freeze', 'layre1')).toBe(
      'inkling: freeze: unknown layer "layre1" (did you mean "layer1"?); ' +
        'expected layers of report-cnn with weights: layer1, layer2, fc, layer1.0, layer1.1, layer2.0 or layer2.1\n',
    );
  });
});

describe('inkling train --init-from, with a file of weights only', () => {
  const mlp = (classes: number) => preset('mlp', { input: dataset.shape, classes });
  const weightsOf = (model: Model) => initialWeights(resolveModel(model), new Random(4));

  function write(name: string, bytes: Uint8Array): string {
    const file = join(runs, name);
    writeFileSync(file, bytes);
    return file;
  }

  it.each(['pth', 'safetensors'])(
    'starts the stated model, whose last layer is new for other classes: .%s',
    async (type) => {
      const weights = weightsOf(mlp(5));
      const saved = toStateDict(mlp(5), weights, 0);
      const file = write(
        `w.${type}`,
        type === 'pth'
          ? stateDictFile(saved, (stateDict) => dictionary({ state_dict: stateDict }))
          : encodeSafetensors(saved, {}),
      );
      const { stdout, stderr } = await train('--model', 'mlp', '--init-from', file, '--freeze', 'hidden');
      expect(stderr).toBe('');
      expect(stdout).toContain(
        `fine-tuning ${file}; the last layer, fc, is re-initialized for the new classes\n`,
      );
      const run = join(runs, 'mlp-others-1');
      const { config, summary } = readRun(run);
      expect(config).toMatchObject({ model: 'mlp', initFrom: file });
      expect(summary).toMatchObject({ newHead: 'fc' });
      const trained = readSavedModel(run);
      expect(trained).toMatchObject({ classes: others.classes, model: mlp(3) });
      expect(trained.weights.get('hidden.weight')).toEqual(weights.get('hidden.weight'));

      // The configuration of the run repeats it, and the run can be resumed.
      const again = await inkling(
        ['train', '--config', join(run, 'config.json'), '--run-dir', runs, '--quiet'],
        {
          loadDataset: () => Promise.resolve(others),
        },
      );
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(hashOf(readSavedModel(join(runs, 'mlp-others-2')).weights)).toBe(hashOf(trained.weights));
      expect(await train('--resume', 'mlp-others-1', '--epochs', '2')).toMatchObject({ code: 0, stderr: '' });
    },
  );

  it('keeps the last layer for as many classes, and the path of the model’s file', async () => {
    const model = write('net.json', new TextEncoder().encode(NET));
    const net = preset('mlp', { input: dataset.shape, classes: 3 });
    const file = write('w.pt', stateDictFile(toStateDict(net, weightsOf(net), 0)));
    const { stdout, stderr } = await train('--model', model, '--init-from', file, '--lr', '1e-30');
    expect(stderr).toBe('');
    expect(stdout).toContain(`fine-tuning ${file}\n`);
    const run = join(runs, 'net-others-1');
    expect(readRun(run).config).toMatchObject({ model, initFrom: file });
    expect(readSavedModel(run).weights.get('fc.weight')).toEqual(weightsOf(net).get('fc.weight'));
  });

  it('needs the model, and lists what does not match', async () => {
    const file = write('w.pth', stateDictFile(toStateDict(mlp(5), weightsOf(mlp(5)), 0)));
    const message = `inkling: --init-from: ${file} contains only weights; state their model with --model\n`;
    expect(await train('--init-from', file)).toEqual({ code: 2, stdout: '', stderr: message });
    expect((await train('--init-from', file, '--recipe', 'best')).stderr).toBe(message);
    const other = await train('--init-from', file, '--model', 'report-cnn');
    expect(other.stderr).toContain(
      `${file}: expected the tensors of the model report-cnn; missing: layer1.0.weight`,
    );
    expect(other.stderr).toContain('; unexpected: hidden.weight, hidden.bias');
    expect(readdirSync(runs).sort()).toEqual(['base-1', 'w.pth']);
  });

  it('prepares photos for a network that was designed for them', () => {
    const net = preset('mobilenet-v3-small', { input: [32, 32, 3], classes: 4 });
    const file = write('w.pth', stateDictFile(toStateDict(net, weightsOf(net), 0)));
    const settings = { model: 'mobilenet-v3-small', initFrom: file };
    const inputFor = (changes: PartialConfig) =>
      checkModel(startingConfig({ settings: { ...settings, ...changes } }).preliminary);
    expect(inputFor({})).toEqual({ input: [224, 224, 3], inputKind: 'photo' });
    expect(inputFor({ imageSize: 64 })).toEqual({ input: [64, 64, 3], inputKind: 'photo' });
    expect(() => inputFor({ freeze: ['featuers'] })).toThrow(
      'unknown layer "featuers" (did you mean "features"?)',
    );
    expect(() => inputFor({ model: 'resnet-18' })).toThrow(
      'expected the tensors of the model resnet-18; missing: ',
    );
  });
});
