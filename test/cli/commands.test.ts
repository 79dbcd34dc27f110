import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { stripes } from '../helpers/stripes.js';
import { temporaryFolder, tinyFiles, trainableFiles, writeFiles } from '../data/tinySet.js';
import { CONTROL_CHARACTER, inkling, type Outcome } from './capture.js';

let folder: string;
let data: string;
let runs: string;

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder, 'tiny');
  runs = join(folder, 'runs');
  writeFiles(data, trainableFiles);
});

function train(...flags: string[]): Promise<Outcome> {
  return inkling([
    'train',
    '--model',
    'mlp',
    '--dataset',
    data,
    '--epochs',
    '2',
    '--run-dir',
    runs,
    ...flags,
  ]);
}

/** The definition of a network for images of any shape. */
const tinyNet = {
  layers: [
    {
      type: 'residual',
      name: 'block',
      layers: [{ type: 'conv2d', outChannels: 2, kernel: 3, padding: 1, bias: false }],
      shortcut: [{ type: 'conv2d', outChannels: 2, kernel: 1 }],
    },
    { type: 'globalAvgPool2d' },
    { type: 'flatten' },
    { type: 'linear', outFeatures: 'classes' },
  ],
};

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

describe('inkling train', () => {
  it('prints its progress and results as plain lines', async () => {
    const { code, stdout, stderr } = await train('--threads', '3');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).not.toMatch(CONTROL_CHARACTER);
    expect(stdout).toContain(`source      ${data} (files, not verified: no known hash)\n`);
    expect(stdout).toContain('images      6 training, 3 validation, 3 test\n');
    expect(stdout.match(/^ +[12]\/2 .*%/gm)).toHaveLength(2);
    expect(stdout).toMatch(/^Loss by epoch \(.*\n\d\.\d{4} ┤ /m);
    expect(stdout).toMatch(/^Confusion matrix: .*\n {3}0 {2}1 {2}2\n0 /m);
    const [last, hint] = stdout.trimEnd().split('\n').slice(-2);
    expect(last).toMatch(/^mlp: test accuracy .* of 3\), macro F1 [\d.]+ %, test loss .*mlp-tiny-1$/);
    expect(hint).toBe(`to create a report, run: inkling report ${join(runs, 'mlp-tiny-1')}`);
  });

  it('saves its configuration and command line', async () => {
    await train('--lr', '0.01', '--seed', '7', '--name', 'mine');
    expect(readJson(join(runs, 'mine-1', 'config.json'))).toMatchObject({
      model: 'mlp',
      dataset: data,
      learningRate: 0.01,
      seed: 7,
      batchSize: 64,
    });
    const { command } = runSummarySchema.parse(readJson(join(runs, 'mine-1', 'summary.json')));
    expect(command).toMatch(/^inkling train --model mlp .* --lr 0\.01 --seed 7 --name mine$/);
  });

  it('trains a network defined by a file, and saves the definition in its checkpoints', async () => {
    const file = join(folder, 'my-net.json');
    writeFileSync(file, JSON.stringify(tinyNet));
    const { code } = await train('--model', file);
    expect(code).toBe(0);
    const run = join(runs, 'my-net-tiny-1');
    const { model } = runSummarySchema.parse(readJson(join(run, 'summary.json')));
    expect(model).toEqual({ name: 'my-net', parameters: 18 + 4 + 9, multiplyAdds: 6 * 18 + 6 * 2 + 6 });
    writeFileSync(file, 'not there any more');
    expect(await inkling(['evaluate', run])).toMatchObject({ code: 0 });
  });

  it('prints only the summary with --json', async () => {
    const { code, stdout, stderr } = await train('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const run = join(runs, 'mlp-tiny-1');
    const saved = readJson(join(run, 'summary.json'));
    expect(JSON.parse(stdout)).toEqual({ folder: run, ...runSummarySchema.parse(saved) });
  });

  it('prints one line with --quiet', async () => {
    const { stdout } = await train('--quiet');
    expect(stdout).toMatch(/^mlp: test accuracy .*\n$/);
  });

  it('fails when it is interrupted, and reports how many epochs were completed', async () => {
    const stopped = AbortSignal.abort();
    const argv = ['train', '--dataset', data, '--run-dir', runs];
    expect(await inkling([...argv, '--quiet'], { signal: stopped })).toEqual({
      code: 1,
      stdout: '',
      stderr: `inkling: report-cnn: interrupted after 0 of 5 epochs; ${runs}/report-cnn-tiny-1 has no checkpoint\n`,
    });
  });
});

describe('inkling evaluate', () => {
  it('reproduces the test result of the run, and prints tables', async () => {
    const trained: unknown = JSON.parse((await train('--json')).stdout);
    const run = join(runs, 'mlp-tiny-1');
    const { code, stdout } = await inkling(['evaluate', run]);
    expect(code).toBe(0);
    expect(stdout).toContain('Confusion matrix: true classes in rows, predicted classes in columns\n');
    expect(stdout).toMatch(/^class {2}precision +recall +F1 +images$/m);
    const { test } = runSummarySchema.parse(trained);
    const result: unknown = JSON.parse((await inkling(['evaluate', run, '--json'])).stdout);
    expect(result).toEqual({ folder: run, dataset: 'tiny', ...test, details: expect.anything() as unknown });
    const calibrated = { temperature: 1, reliability: expect.any(Array) as unknown };
    expect(result).toMatchObject({ details: { accuracy: test?.accuracy, calibrated, rocAuc: {} } });
  });

  it('accepts the name of a run', async () => {
    await train();
    const { code, stdout } = await inkling(['evaluate', 'mlp-tiny-1', '--run-dir', runs, '--quiet']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/mlp-tiny-1 on tiny: test accuracy .* of 3\), macro F1 [\d.]+ %/);
  });
});

describe('inkling runs', () => {
  it('lists runs, including unfinished ones', async () => {
    await train();
    const killed = join(runs, 'killed-1');
    mkdirSync(killed);
    writeFileSync(join(killed, 'config.json'), readFileSync(join(runs, 'mlp-tiny-1', 'config.json')));
    const { code, stdout } = await inkling(['runs', '--run-dir', runs]);
    expect(code).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split('\n');
    expect(header).toMatch(/^run +model +data set +epochs +validation +test +macro F1 +time +state$/);
    expect(rows[0]).toMatch(/^killed-1 +mlp .*\?\/2 +- +- +- +- +unfinished$/);
    expect(rows[1]).toMatch(/^mlp-tiny-1 +mlp +tiny +2\/2( +[\d.]+ %){3} +\d\.\d s +done$/);
  });

  it('prints them as JSON with --json', async () => {
    await train();
    const { stdout } = await inkling(['runs', '--run-dir', runs, '--json']);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        folder: join(runs, 'mlp-tiny-1'),
        config: { model: 'mlp' },
        summary: { stopReason: 'completed' },
        state: 'completed',
      },
    ]);
  });

  it('lists a folder that it cannot read as broken, with the reason', async () => {
    await train();
    const folder = join(runs, 'other-tool');
    mkdirSync(folder);
    writeFileSync(join(folder, 'config.json'), '{"hidden_size": 192}');
    const { code, stdout } = await inkling(['runs', '--run-dir', runs]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^mlp-tiny-1 .* done$/m);
    expect(stdout).toMatch(/^other-tool +- +- +- +- +- +- +- +broken$/m);
    expect(stdout).toContain(`broken: ${join(folder, 'config.json')}: expected the settings of a run`);
    const { stdout: json } = await inkling(['runs', '--run-dir', runs, '--json']);
    expect(JSON.parse(json)).toMatchObject([{ state: 'completed' }, { folder, state: 'broken' }]);
  });

  it('reports that there are none', async () => {
    const { code, stdout } = await inkling(['runs', '--run-dir', runs]);
    expect(code).toBe(0);
    expect(stdout).toBe(`no runs in ${runs} yet; start one with "inkling train"\n`);
  });
});

describe('inkling data', () => {
  beforeEach(() => {
    writeFiles(data, tinyFiles);
  });

  it('shows the number of images of each class', async () => {
    const { code, stdout } = await inkling(['data', data]);
    expect(code).toBe(0);
    expect(stdout).toContain(
      'shape       2×3×1 (height×width×channels)\ninput       whole images, detected from the pixels\nclasses     3: 0 1 2\n',
    );
    expect(stdout).toMatch(/^1 +2 +50\.00 % {2}█{12} +0 +0\.00 %$/m);
    expect(stdout).toMatch(/^0 +1 +25\.00 % {2}█{6} +1 +50\.00 % {2}█{12}$/m);
    expect(stdout).toMatch(/^0 {4}1 {4}2\n {5}▄▄▄ {2}███\n$/m);
  });

  it('prints JSON with --json', async () => {
    const { stdout } = await inkling(['data', data, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'tiny',
      source: { kind: 'files', verified: false },
      shape: [2, 3, 1],
      train: { images: 4, perClass: [1, 2, 1] },
      test: { images: 2, perClass: [1, 0, 1] },
    });
  });

  it('draws a sheet of augmented images', async () => {
    const file = join(temporaryFolder(), 'sheet.png');
    const words = ['data', data, '--augment', 'flip', '--sheet', file];
    const { code, stdout } = await inkling(words);
    expect(code).toBe(0);
    expect(stdout).toContain('Augmented with flip\n');
    expect(stdout).toContain(`original and 9 augmented images per class: ${file}\n`);
    const { sheet } = JSON.parse((await inkling([...words, '--json'])).stdout) as { sheet: unknown };
    expect(sheet).toMatchObject({ file, draws: 9, augmentation: { flip: true, shift: 0 } });
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
  });

  it('draws a sheet of images with --sheet alone', async () => {
    const file = join(temporaryFolder(), 'sheet.png');
    const { code, stdout } = await inkling(['data', data, '--sheet', file]);
    expect(code).toBe(0);
    expect(stdout).toContain(`\nup to 10 images of each class: ${file}\n`);
    expect(readFileSync(file).subarray(1, 4).toString()).toBe('PNG');
    const { stdout: json } = await inkling(['data', data, '--sheet', file, '--json']);
    expect(JSON.parse(json)).toMatchObject({ sheet: { file, classes: 3, images: 10 } });
  });
});

describe('inkling data --audit', () => {
  it('lists wrong labels, without which a run is trained', async () => {
    const dataset = stripes({ train: 120, test: 30 });
    dataset.train.labels[7] = (dataset.train.labels[7] + 1) % 3;
    const loadDataset = () => Promise.resolve(dataset);
    const folder = temporaryFolder();
    const [csv, sheet] = ['list.csv', 'sheet.png'].map((name) => join(folder, name));
    const words = [
      'data',
      'stripes',
      '--audit',
      '--model',
      'mlp',
      '--epochs',
      '20',
      '--csv',
      csv,
      '--sheet',
      sheet,
    ];
    const { code, stdout, stderr } = await inkling(words, { loadDataset });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('stripes: 1 of 120 training images (0.83 %) may have a wrong label\n');
    expect(stdout).toContain(`\nall of them: ${csv}\nthe first 1 image: ${sheet}\n`);
    expect(readFileSync(csv, 'utf8')).toMatch(/\n7,,\w+,\w+,0\.\d+,0\.\d+\n$/);
    const train = ['train', '--model', 'mlp', '--epochs', '1', '--dataset', 'stripes', '--run-dir', runs];
    const trained = await inkling([...train, '--exclude', csv], { loadDataset });
    expect(trained.stdout).toMatch(/^images {6}107 training, 12 validation, 30 test, 1 left out$/m);
  });

  it('rejects options that do not go together, and files that are no lists', async () => {
    expect((await inkling(['data', data, '--epochs', '2'])).stderr).toBe(
      'inkling: --epochs: applies to the audit of labels; add --audit, or leave it out\n',
    );
    expect((await inkling(['data', data, '--audit', '--augment', 'flip'])).stderr).toBe(
      'inkling: --augment: cannot be used with --audit, which has another sheet of images; leave one of them out\n',
    );
    const missing = await inkling(['train', '--dataset', data, '--exclude', join(data, 'none.csv')]);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain(`cannot read ${join(data, 'none.csv')}`);
  });
});

describe('inkling evaluate --corruptions --embedding', () => {
  it('measures what reports show', async () => {
    const loadDataset = () => Promise.resolve(stripes({ train: 120, test: 30 }));
    const words = ['--model', 'mlp', '--epochs', '2', '--dataset', 'stripes', '--run-dir', runs, '--quiet'];
    await inkling(['train', ...words], { loadDataset });
    const run = join(runs, 'mlp-stripes-1');
    const measured = await inkling(['evaluate', run, '--corruptions', '--embedding'], { loadDataset });
    expect(measured).toMatchObject({ code: 0, stderr: '' });
    expect(measured.stdout).toMatch(/^rotation +([\d.]+ % +){5}[\d.]+ %$/m);
    expect(measured.stdout).toContain(`recorded for reports: ${join(run, 'robustness.json')}\n`);
    expect(measured.stdout).toContain(
      `embedded 30 test images for reports: ${join(run, 'embedding.json')}\n`,
    );
    const after = await inkling(['report', run]);
    expect(after.stdout).not.toContain('does not show');
    const html = readFileSync(join(run, 'report.html'), 'utf8');
    expect(html).toContain('Accuracy on changed test images by severity');
    expect(html).toContain('30 test images in the plane of the first two principal components');
    const other = await inkling(['evaluate', run, '--embedding', '--dataset', 'stripes'], { loadDataset });
    expect(other).toMatchObject({
      code: 2,
      stderr:
        "inkling: --embedding: is for reports, which show the run's own test images; leave out --embedding or --dataset\n",
    });
  });
});

describe('inkling summary', () => {
  it('shows the layers with their parameters, and the memory required', async () => {
    const { code, stdout } = await inkling(['summary', 'report-cnn']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^layer1\.0 +conv2d +30×30×16 +160 +129,600$/m);
    expect(stdout).toMatch(/^parameters +25,386$/m);
    expect(stdout).toMatch(/^ +8\.85 MB for the activations of a training batch of 64$/m);
    expect(stdout).toMatch(/^ +0\.09 MB for each image of a batch in inference$/m);
  });

  it('summarizes a deep network after its layers', async () => {
    const { stdout } = await inkling(['summary', 'resnet-18']);
    expect(stdout).toMatch(/^layer2\.0\.conv1 +conv2d +28×28×128 +73,728 +57,802,752$/m);
    expect(stdout).toMatch(/^layer2\.0 – layer2\.relu1 +2 +28×28×128 +525,568 /m);
  });

  it('shows the network of a trained model, which has its own input and classes', async () => {
    const { code, stdout } = await inkling(['summary', PRETRAINED_RUN, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      input: [28, 28, 1],
      classes: 10,
      totals: { parameters: 25_386 },
    });
    const { stderr } = await inkling(['summary', PRETRAINED_RUN, '--classes', '3']);
    expect(stderr).toBe(
      `inkling: --classes: cannot be used with the trained model ${PRETRAINED_RUN}; leave it out\n`,
    );
  });

  it('shows a network defined by a file', async () => {
    const file = join(folder, 'my-net.json');
    writeFileSync(file, JSON.stringify(tinyNet));
    const { code, stdout } = await inkling(['summary', file, '--input', '6x5x2', '--classes', '4']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^my-net: input 6×5×2$/m);
    expect(stdout).toMatch(/^block\.0 +conv2d +6×5×2 +36 +1,080$/m);
    expect(stdout).toMatch(/^block +residual +6×5×2 +- +-$/m);
  });

  it('lists the operations of a training step with --plan', async () => {
    const { stdout } = await inkling(['summary', 'mlp', '--plan']);
    expect(stdout).toContain('plan train, at most 64 images per step');
    expect(stdout).toContain('  crossEntropy: ');
    expect(stdout).not.toContain(' us ');
  });

  it('times each operation with --profile', async () => {
    const profile = z.object({
      plan: z.object({
        stages: z.array(
          z.object({ operations: z.array(z.object({ operation: z.string(), seconds: z.number().min(0) })) }),
        ),
      }),
    });
    const small = ['summary', 'mlp', '--input', '8x8x1', '--profile'];
    const { plan } = profile.parse(JSON.parse((await inkling([...small, '--json'])).stdout));
    const operations = plan.stages.flatMap((stage) => stage.operations);
    expect(operations.map(({ operation }) => operation)).toContain('linearWeightGrad');
    expect(operations.reduce((sum, { seconds }) => sum + seconds, 0)).toBeGreaterThan(0);
    const { stdout } = await inkling(small);
    expect(stdout).toMatch(/ +\d+ us +\d+\.\d % {2}linear: /);
    expect(stdout).toMatch(/\d+ us per step on one thread/);
  });

  it('accepts an input shape and a number of classes, and prints JSON', async () => {
    const flags = ['--input', '32x32x3', '--classes', '26', '--json'];
    const { stdout } = await inkling(['summary', 'mlp', ...flags]);
    const parameters = 3072 * 64 + 64 + 64 * 26 + 26;
    expect(JSON.parse(stdout)).toMatchObject({ input: [32, 32, 3], classes: 26, totals: { parameters } });
  });
});
