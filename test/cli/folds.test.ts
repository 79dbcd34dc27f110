import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stripes } from '../helpers/stripes.js';
import { writeStripes } from '../sweep/queue/stripesFolder.js';
import { inkling } from './capture.js';

let runs: string;

beforeEach(() => {
  runs = join(temporaryFolder(), 'runs');
});

/** The stripes, with the name of the requested data set. */
const loadDataset = ({ name }: DatasetRequest) =>
  Promise.resolve({ ...stripes({ train: 100, test: 40 }), name });

const SMALL = ['--model', 'mlp', '--dataset', 'stripes', '--epochs', '2', '--batch-size', '32'];

function train(...flags: string[]) {
  return inkling(['train', ...SMALL, '--run-dir', runs, ...flags], { loadDataset });
}

const foldsSchema = z.object({
  runs: z.array(runSummarySchema.extend({ folder: z.string(), fold: z.number() })),
  accuracies: z.array(z.number()),
  statistics: z.object({ mean: z.number() }),
  pooled: z.object({ total: z.number(), accuracy: z.number() }),
});

describe('train --folds', () => {
  test('trains one run per fold, and prints a table, the mean, and the confusion matrix of all images', async () => {
    const { code, stdout, stderr } = await train('--folds', '3', '--parallel', '1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^images {6}100 training in 3 folds, 40 test$/m);
    expect(stdout).toMatch(/^Fold 2 of 3$/m);
    expect(stdout).toMatch(/^mlp, fold 3: validation accuracy [\d.]+ % \(epoch [12]\); .*mlp-stripes-3$/m);
    const end = stdout.slice(stdout.indexOf('Validation accuracy of mlp over 3 folds'));
    expect(end).toMatch(
      /^.*\n *fold +images +best epoch +accuracy +loss +last epoch\n( +[123] +3[34] +[12] +[\d.]+ % +[\d.]+ +[\d.]+ %\n){3}95 % confidence interval of the mean /,
    );
    expect(end).toContain('the test images were not scored; to train a model on all folds');
    const folder = join(runs, 'mlp-stripes-1');
    expect(end).toContain(`\nto create a report, run: inkling report ${folder}\n`);
    const report = await inkling(['report', folder, '--out', join(runs, 'report')]);
    expect({ code: report.code, stderr: report.stderr }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(join(runs, 'report', 'report.md'), 'utf8')).toContain(
      'The `mlp` network was cross-validated with 3 folds of 100 images',
    );
    const second = await inkling(['report', join(runs, 'mlp-stripes-2')]);
    expect([second.code, second.stderr]).toEqual([
      1,
      expect.stringContaining(
        'expected the first fold of a cross-validation, whose folder has a file out-of-fold.json',
      ),
    ]);
    expect(end).toMatch(/\nmlp: mean validation accuracy [\d.]+ %, standard deviation [\d.]+ %, 3 folds\n$/);
  });

  test('has the same results with processes, as JSON', async () => {
    const path = writeStripes(temporaryFolder());
    const flags = ['--dataset', path, '--folds', '3', '--json', '--parallel'];
    const results: z.infer<typeof foldsSchema>[] = [];
    for (const parallel of ['1', '2']) {
      const argv = ['train', ...SMALL, '--run-dir', join(runs, parallel), ...flags, parallel];
      const { code, stdout, stderr } = await inkling(argv);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      results.push(foldsSchema.parse(JSON.parse(stdout)));
    }
    const [inTurn, together] = results;
    expect(together.accuracies).toEqual(inTurn.accuracies);
    expect(together.pooled).toEqual(inTurn.pooled);
    expect(together.runs.map(({ fold }) => fold)).toEqual([1, 2, 3]);
    expect(inTurn.pooled.total).toBe(100);
  });

  test('keeps the images of a group together with --group, and writes what is predicted for each', async () => {
    const { images, labels } = stripes({ train: 100, test: 40 }).train;
    const size = images.length / 100;
    const table = Array.from(labels, (label, image) => {
      const pixels = images.subarray(image * size, (image + 1) * size);
      return [`p${image % 11}`, label, 'train', ...pixels].join(',');
    });
    const tested = table.slice(0, 9).map((row) => row.replace('train', 'test'));
    const names = Array.from({ length: size }, (_, pixel) => `pixel${pixel}`);
    const file = join(temporaryFolder(), 'scans.csv');
    writeFileSync(
      file,
      [['patient', 'label', 'part', ...names].join(','), ...table, ...tested, ''].join('\n'),
    );
    const single = ['train', ...SMALL, '--dataset', file, '--run-dir', runs];
    const argv = [...single, '--folds', '3', '--parallel', '1', '--json'];
    const { code, stdout, stderr } = await inkling([...argv, '--group', 'patient']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const result = foldsSchema.extend({ outOfFold: z.string() }).parse(JSON.parse(stdout));
    expect(result.outOfFold).toBe(join(runs, 'mlp-scans-1', 'out-of-fold.csv'));
    const [header, ...rows] = readFileSync(result.outOfFold, 'utf8').trimEnd().split('\n');
    expect(header).toBe('image,file,label,prediction,probability,label probability,fold');
    const cells = rows.map((row) => row.split(','));
    expect(cells.map(([image]) => Number(image))).toEqual(Array.from({ length: 100 }, (_, image) => image));
    const correct = cells.filter(([, , label, prediction]) => label === prediction).length;
    expect(correct / 100).toBe(result.pooled.accuracy);
    // Each group is in one fold.
    expect(new Set(cells.map(([image, , , , , , fold]) => `${Number(image) % 11} ${fold ?? ''}`)).size).toBe(
      11,
    );
    const unknown = await inkling([...argv, '--group', 'patent']);
    expect([unknown.code, unknown.stderr]).toEqual([
      1,
      `inkling: ${file}: --group: got "patent"; expected "patient"\n`,
    ]);
    const alone = await inkling([...single, '--group', 'patient']);
    expect(alone.code).toBe(0);
    expect(alone.stdout).toMatch(/^images {6}\d+ training, (9|10|18) validation, 9 test$/m);
  });

  test('trains a single fold with --fold, whose settings can be used again', async () => {
    const { code, stdout } = await train('--folds', '3', '--fold', '2');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^images {6}67 training, 33 validation \(fold 2 of 3\), 40 test$/m);
    const config = join(runs, 'mlp-stripes-1', 'config.json');
    const again = await inkling(['train', '--config', config, '--run-dir', runs], { loadDataset });
    const accuracy = /^best epoch .*$/m;
    expect(again.stdout.match(accuracy)?.[0]).toBe(stdout.match(accuracy)?.[0]);
    const seeds = ['train', '--config', config, '--run-dir', runs, '--seeds', '0..1', '--parallel', '1'];
    expect((await inkling(seeds, { loadDataset })).stderr).toBe(
      'inkling: --seeds: cannot be used with --folds, whose runs are not scored on the test images; leave one of them out\n',
    );
    expect(readdirSync(runs)).toEqual(['mlp-stripes-1', 'mlp-stripes-2']);
  });

  test.each<[string[], string]>([
    [['--folds', '1'], '--folds: expected a whole number from 2 to 1000, got "1"'],
    [['--fold', '2'], '--fold: requires --folds, the number of folds; set it, or leave out --fold'],
    [['--folds', '3', '--fold', '4'], '--fold: expected one of the 3 folds, got 4; decrease it'],
    [
      ['--folds', '3', '--split', 'random'],
      '--split: random cannot be used with --folds, which are stratified by class; leave one of them out',
    ],
    [['--folds', '3', '--seeds', '0..1'], "option '--seeds <A..B>' cannot be used with option '--folds <N>'"],
    [['--folds', '60'], 'expected at least one for each of 60 folds; add images, or decrease --folds'],
  ])('rejects %j', async (flags, message) => {
    const { code, stdout, stderr } = await train(...flags);
    expect({ code: code > 0, stdout }).toEqual({ code: true, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('says how to go on after an interruption', async () => {
    const { code, stderr } = await inkling(
      ['train', ...SMALL, '--run-dir', runs, '--folds', '3', '--parallel', '1'],
      { loadDataset, signal: AbortSignal.abort() },
    );
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'inkling: mlp: interrupted after 0 of 3 runs; without a completed epoch: folds 1, 2, 3\n',
    });
  });

  test('names the folds that failed', async () => {
    const { code, stdout, stderr } = await train(
      ...['--folds', '2', '--optimizer', 'sgd', '--lr', '1e38', '--parallel', '1'],
    );
    expect(code).toBe(1);
    expect(stdout).toContain('mlp: no statistics, which require at least 2 folds that did not fail\n');
    expect(stderr).toContain('mlp: 2 of 2 runs diverged (folds 1, 2); lower the learning rate (--lr)');
  });
});
