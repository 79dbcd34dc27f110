import { beforeAll, describe, expect, test } from 'vitest';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import type { Dataset } from '#inkling/data/dataset.js';
import { generateDigits } from '#inkling/data/digits/generateDigits.js';
import type { Calibration } from '#inkling/interop/calibrationRecord.js';
import { preset } from '#inkling/models/presets.js';
import { makeReport } from '#inkling/report/content/report.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { renderPage } from '#inkling/report/html/page.js';
import { readReportRun } from '#inkling/report/readReportRun.js';
import { renderReport } from '#inkling/report/renderReport.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { reportRunOf } from '#inkling/report/trainingRun.js';
import { trainRun } from '#inkling/runs/trainRun.js';
import { parseConfig } from '#inkling/train/config.js';
import { backboneFor } from '#inkling/train/fineTune.js';
import { type FitResult, trainAndScore } from '#inkling/train/trainAndScore.js';
import { sharedFolder } from '../helpers/run.js';

const dataset = generateDigits({ seed: 0, train: 200, test: 60 });
const settings = { epochs: 2, batchSize: 60, learningRate: 0.003, threads: 1 } as const;
const model = preset('report-cnn', { input: dataset.shape, classes: dataset.classes.length });
const options = { model, dataset, settings };
let result: FitResult;
let run: ReportRun;

beforeAll(async () => {
  result = await trainAndScore(options);
  run = await reportRunOf({ result, dataset });
});

const textOf = (...runs: [ReportRun, ...ReportRun[]]) => JSON.stringify(makeReport(runs));

/** Each element on its own, for a short difference. */
const elementsOf = (page: string) => page.split(/(?=<)/);

async function pageOf(reported: ReportRun): Promise<string> {
  const document = makeReport([reported]);
  return renderPage(document, await drawFigures(document));
}

describe('the report of a training in memory', () => {
  test('is that of a run folder with the same settings, without what only a run records', async () => {
    const config = parseConfig({ ...settings, dataset: 'digits', runDir: sharedFolder() });
    const { folder } = await trainRun(config, dataset, { command: 'test' });
    const recorded = await readReportRun(folder);
    const { summary } = run;
    const { threads } = settings;
    const environment = { node: 'v1', platform: 'here', cpu: 'Abacus', threads };
    const history = { startedAt: '2026-01-02', command: 'test', environment };
    const timing = { trainSeconds: 1, imagesPerSecond: 2, totalSeconds: 3, peakMemoryMB: 4 };
    const same = (each: ReportRun): ReportRun => ({
      ...each,
      name: 'test-1',
      summary: { ...each.summary, ...history, timing },
      verification: undefined,
    });
    expect(elementsOf(await pageOf(same(run)))).toEqual(elementsOf(await pageOf(same(recorded))));
    expect(summary.environment).toBeUndefined();
  });

  test('leaves out the hardware, the command, and the folder', async () => {
    const document = makeReport([run]);
    expect(document.metadata.map(({ label }) => label)).toEqual(['Software', 'Seed']);
    expect(document.date).toMatch(/^\d{4}-\d\d-\d\d$/);
    const page = await pageOf(run);
    expect(page.replaceAll(/base64,[\w+/=]*|<script[^]*?<\/script>/g, '')).not.toMatch(
      /undefined|\bNaN\b|\[object|null/,
    );
    expect(page).toMatch(/Training took [\d.]+.ms|Training took [\d.]+.s \([\d,]+ images\/s\)\. /);
    expect(page).not.toMatch(/Node\.js|whole run|Threads|memory/);
  });

  test.each<[string, Partial<FitResult>, string]>([
    ['settings', { config: { ...parseConfig({}), batchSize: 4321 } }, '"4321"'],
    ['seed', { config: { ...parseConfig({}), seed: 98_765 } }, '"98765"'],
    ['reason why it ended', { stopReason: 'early' }, 'Early stopping ended the training'],
  ])('changes with the %s', async (_what, change, expected) => {
    expect(textOf(run)).not.toContain(expected);
    const epochs = [...result.epochs, ...result.epochs];
    expect(textOf(await reportRunOf({ result: { ...result, epochs, ...change }, dataset }))).toContain(
      expected,
    );
  });

  test('changes with the records of epochs, the metrics, and the model', async () => {
    const { test: metrics, best, epochs } = result;
    if (metrics === undefined || best === undefined) throw new Error('expected a finished training');
    const [first, last] = epochs;
    const report = async (change: Partial<FitResult>) =>
      textOf(await reportRunOf({ result: { ...result, ...change }, dataset }));
    expect(await report({ test: { ...metrics, accuracy: 0.87654 } })).toContain('87.65');
    expect(await report({ epochs: [{ ...first, trainLoss: 7.654 }, last] })).toContain('7.654');
    expect(await report({ best: { ...best, calibration: undefined } })).not.toContain('considered doubtful');
    expect(textOf(run)).toContain('considered doubtful');
    const calibrated = (images: number, selection?: Calibration['selection']) =>
      report({
        best: { ...best, calibration: best.calibration && { ...best.calibration, images, selection } },
      });
    expect(await calibrated(50)).toContain('fitted on 50 validation images by an earlier version');
    expect(await calibrated(50, 'cross-fitted')).toContain(
      'fitted on 50 validation images by cross-fitting: the images are divided into five parts',
    );
    expect(await calibrated(50, 'same-images')).toContain('the same images selected it');
    expect(await calibrated(50, 'none')).toContain('whose epoch these images did not select');
    expect(await calibrated(49)).toMatch(
      /not calibrated, since there were only 49 validation images, expected 50 or more\..+ doubtful if its probability is below 50\.00\s%/,
    );
  });

  test('says that the origin of images from a program is not recorded', async () => {
    const source = { kind: 'files', location: 'pets', verified: false, sha256: {} } as const;
    const pets: Dataset = { ...dataset, name: 'pets', source };
    expect(textOf(await reportRunOf({ result, dataset: pets }))).toContain(
      'The pets images were provided by a program; where they came from is not recorded.',
    );
  });

  test('names the model whose weights training started from, and the layer that was initialized randomly', async () => {
    const { best } = result;
    if (best === undefined) throw new Error('expected a finished training');
    const backbone = { ...backboneFor(best, dataset), newHead: 'linear1' };
    const text = textOf(await reportRunOf({ result, dataset, backbone }));
    expect(text).toContain('Training was initialized from the weights of ');
    expect(text).toContain('{"type":"code","text":"linear1"}," was re-initialized');
    const run = await reportRunOf({ result, dataset });
    const config = { ...run.config, model: 'resnet-18', weights: 'imagenet' as const };
    expect(textOf({ ...run, config })).toMatch(
      /Training was initialized from the published weights of .*"resnet-18".*, which were trained on ImageNet \(He et al\./,
    );
  });

  test('compares trainings, and tells two of the same model apart', async () => {
    const mlp = preset('mlp', { input: dataset.shape, classes: dataset.classes.length });
    const other = await reportRunOf({
      result: await trainAndScore({ model: mlp, dataset, settings }),
      dataset,
    });
    expect(makeReport([run, other]).sections.map(({ title }) => title)).toContain(
      'Comparison of report-cnn and mlp',
    );
    const slow = { ...run, config: { ...run.config, learningRate: 0.1 } };
    expect(makeReport([run, slow]).sections.map(({ title }) => title)).toContain(
      'Comparison of report-cnn (1) and report-cnn (2)',
    );
    const labels = Uint8Array.from(run.predictionRecord.labels).fill(0);
    const elsewhere = { ...other, predictionRecord: { ...other.predictionRecord, labels } };
    expect(() => makeReport([run, elsewhere])).toThrow(
      'report: expected runs tested on the same images, got different test labels in report-cnn (1) and mlp (2); ',
    );
  });
});

test('renderReport makes the page, and an SVG and a PNG file of each figure', async () => {
  const { html, figures } = await renderReport([{ ...options, result }], { title: 'Digits' });
  expect(html).toContain('<h1>Digits</h1>');
  expect(figures.get('loss.svg')).toContain('<svg');
  expect(figures.get('loss.png')?.slice(1, 4)).toEqual(new TextEncoder().encode('PNG'));
});

describe('renderReport rejects', () => {
  const render = (sources: unknown) => renderReport(sources as Parameters<typeof renderReport>[0]);

  test.each([
    ['run', 'renderReport: expected an array of run folders or trainings, got a string'],
    [[], 'renderReport: expected at least one run folder or training, got an empty array'],
    [
      [null],
      'renderReport: expected run folders or trainings, such as { dataset, result: await fit(…) }, got null',
    ],
    [
      [{ dataset, result: Promise.resolve() }],
      'renderReport: result: expected the result of a training, such as await fit(…), got a Promise',
    ],
  ])('%#', async (sources, message) => {
    await expect(render(sources)).rejects.toThrow(new UsageError(message));
  });

  test('a result without its data set', async () => {
    await expect(render([{ result }])).rejects.toThrow(
      "renderReport: dataset: expected a data set, such as await loadDataset({ name: 'mnist' }), got undefined",
    );
  });

  test('another data set', async () => {
    const other = generateDigits({ seed: 1, train: 200, test: 60 });
    await expect(renderReport([{ result, dataset: other }])).rejects.toThrow(
      new InklingError(
        'report: expected the data set of the training, digits, got other test images or classes (digits); pass what fit was given',
      ),
    );
  });

  test('a training that was interrupted', async () => {
    const signal = AbortSignal.abort();
    const interrupted = await trainAndScore({ model, dataset, settings, signal });
    await expect(renderReport([{ result: interrupted, dataset }])).rejects.toThrow(
      'report: expected a finished training with test results, got one that was interrupted after 0 of 2 epochs; resume it',
    );
  });
});
