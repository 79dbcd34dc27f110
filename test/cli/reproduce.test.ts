import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { InklingError } from '#inkling/core/errors.js';
import { DatasetUnavailableError } from '#inkling/data/catalog/loadCatalogSet.js';
import type { Dataset } from '#inkling/data/dataset.js';
import type { DatasetRequest } from '#inkling/data/datasetRequest.js';
import { loadDataset } from '#inkling/data/load.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder, trainableFiles, writeFiles } from '../data/tinySet.js';
import { CONTROL_CHARACTER, inkling } from './capture.js';

const resultSchema = z.strictObject({
  cnn: runSummarySchema.extend({ folder: z.string() }),
  mlp: runSummarySchema.extend({ folder: z.string() }),
  report: z.strictObject({
    html: z.string(),
    pdf: z.string().optional(),
    markdown: z.string(),
    figures: z.string(),
    companions: z.object({ modelCard: z.string(), tensorboard: z.string() }),
  }),
});

/** Of one model with `--seeds`. */
const seedsSchema = z.object({
  runs: z.array(runSummarySchema),
  report: z.unknown().optional(),
});

let data: string;
let runs: string;

beforeEach(() => {
  const folder = temporaryFolder();
  data = join(folder, 'tiny');
  runs = join(folder, 'runs');
  writeFiles(data, trainableFiles);
});

/** Loads data sets as if MNIST were unavailable, and the built-in digits few. */
async function withoutMnist(request: DatasetRequest): Promise<Dataset> {
  if (request.name === 'mnist') throw new DatasetUnavailableError('mnist not found: no network');
  return { ...(await loadDataset({ ...request, name: data })), name: request.name };
}

describe('inkling reproduce', () => {
  it('trains both networks, and prints only both summaries and the report’s files with --json', async () => {
    const argv = ['reproduce', '--dataset', data, '--epochs', '1', '--run-dir', runs, '--json'];
    argv.push('--author', 'Y. N.');
    const { stdout, stderr } = await inkling(argv);
    expect(stderr).toBe('');
    const { cnn, mlp, report } = resultSchema.parse(JSON.parse(stdout));
    expect([cnn.model.name, mlp.model.name]).toEqual(['report-cnn', 'mlp']);
    expect([cnn, mlp].map(({ dataset }) => dataset.note)).toEqual([undefined, undefined]);
    expect(mlp.folder).toBe(join(runs, 'mlp-tiny-1'));
    expect(report.html).toBe(join(cnn.folder, 'report.html'));
    const page = readFileSync(report.html, 'utf8');
    expect(page).toContain('Comparison of report-cnn and mlp');
    expect(page).toContain('Y. N. · 2');
  });

  it('falls back to the built-in digits if MNIST is unavailable, and reports it in every output', async () => {
    const argv = ['reproduce', '--epochs', '1', '--run-dir', runs];
    const { code, stdout, stderr } = await inkling(argv, { loadDataset: withoutMnist });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^┌─+┐\n│ NOT MNIST: the built-in data set "digits" replaces mnist +│\n/);
    expect(stderr).toContain('mnist not found: no network');
    expect(stdout).not.toMatch(CONTROL_CHARACTER);
    expect(stdout).toMatch(/^ +report-cnn +mlp$/m);
    expect(stdout).toMatch(/^test accuracy( +[\d.]+ %){2}$/m);
    expect(stdout).toMatch(/^macro F1( +[\d.]+ %){2}$/m);
    expect(stdout).toMatch(/^report's accuracy on MNIST +98\.80 % +about 96 %$/m);
    const folders = ['report-cnn-digits-1', 'mlp-digits-1'].map((name) => join(runs, name));
    expect(stdout).toContain(`Run folders:\n  ${folders.join('\n  ')}\n`);
    expect(stdout).toContain(`\nreport: ${folders[0]}/report.html`);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'These results are for the built-in data set "digits", not for mnist; see the notice above.',
    );

    const flags = ['--seeds', '0..1', '--parallel', '1', '--json'];
    const json = await inkling([...argv, ...flags], { loadDataset: withoutMnist });
    expect(json.stderr).toContain('NOT MNIST');
    const { cnn, mlp } = z.object({ cnn: seedsSchema, mlp: seedsSchema }).parse(JSON.parse(json.stdout));
    expect([cnn.runs.length, mlp.runs.length]).toEqual([2, 2]);
    for (const { dataset } of [...cnn.runs, ...mlp.runs]) {
      expect(dataset.name).toBe('digits');
      expect(dataset.note).toBe('the built-in data set "digits" replaces mnist: mnist not found: no network');
    }
    // Only of MNIST.
    expect([cnn.report, mlp.report]).toEqual([undefined, undefined]);
  });

  it('does not fall back if another data set is unavailable', async () => {
    const loadOther = (request: DatasetRequest) =>
      withoutMnist({ ...request, name: request.name === 'fashion' ? 'mnist' : request.name });
    const { code, stderr } = await inkling(['reproduce', '--dataset', 'fashion', '--run-dir', runs], {
      loadDataset: loadOther,
    });
    expect(code).toBe(1);
    expect(stderr).toBe('inkling: mnist not found: no network\n');
  });

  it('does not fall back if MNIST is damaged', async () => {
    const loadBroken = (request: DatasetRequest) =>
      request.name === 'mnist' ? Promise.reject(new InklingError('it is broken')) : withoutMnist(request);
    expect(await inkling(['reproduce', '--run-dir', runs], { loadDataset: loadBroken })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'inkling: it is broken\n',
    });
  });

  it('`train` does not fall back', async () => {
    expect(await inkling(['train'], { loadDataset: withoutMnist })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'inkling: mnist not found: no network\n',
    });
  });

  it('does not train the second network if training the first is interrupted', async () => {
    const { code, stderr } = await inkling(['reproduce', '--dataset', data, '--run-dir', runs], {
      signal: AbortSignal.abort(),
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^inkling: report-cnn: interrupted after 0 of 5 epochs; .*\n$/);
  });
});
