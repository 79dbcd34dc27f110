import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Dataset } from '#inkling/data/dataset.js';
import { loadDataset } from '#inkling/data/load.js';
import type { ReportDocument, Text } from '#inkling/report/document.js';
import { makeFoldsReport } from '#inkling/report/folds/makeFoldsReport.js';
import { readReportFolds } from '#inkling/report/folds/readReportFolds.js';
import type { ReportFolds } from '#inkling/report/folds/reportFolds.js';
import { renderReport } from '#inkling/report/renderReport.js';
import { blocksOf, figuresOf, textsOf } from '#inkling/report/structure.js';
import { type FoldsSummary, summarizeFolds } from '#inkling/sweep/summarizeFolds.js';
import { trainFolds } from '#inkling/sweep/trainFolds.js';
import { type PartialConfig, parseConfig } from '#inkling/train/config.js';
import { sharedFolder } from '../../helpers/run.js';
import { writeStripes } from '../../sweep/queue/stripesFolder.js';

const home = sharedFolder();
let dataset: Dataset;
let summaries: FoldsSummary[];
let folders: string[];

async function crossValidate(settings: PartialConfig): Promise<FoldsSummary> {
  const runDir = join(home, 'runs');
  const config = parseConfig({
    dataset: dataset.source.location,
    epochs: 2,
    batchSize: 32,
    folds: 3,
    runDir,
    ...settings,
  });
  return summarizeFolds(await trainFolds(config, dataset, { command: 'inkling train' }), dataset);
}

beforeAll(async () => {
  dataset = await loadDataset({ name: writeStripes(home) });
  summaries = [
    await crossValidate({ model: 'mlp' }),
    await crossValidate({ model: 'mlp', learningRate: 1e-6 }),
    await crossValidate({ model: 'mlp', splitSeed: 1 }),
  ];
  folders = summaries.map(({ runs }) => runs[0].folder);
});

const plain = (text: Text) =>
  text
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : ''))
    .join('')
    .replaceAll('\u00a0', ' ');
const wordsOf = (document: ReportDocument) => textsOf(document).map(plain).join('\n');
const rowsOf = (document: ReportDocument, id: string) =>
  blocksOf(document).flatMap((block) =>
    block.type === 'table' && block.id === id ? block.rows.map((row) => row.map(plain)) : [],
  );
const percent = (fraction: number) => `${(100 * fraction).toFixed(2)} %`;

test('states the accuracy of each fold and of all images, and shows them', () => {
  const [{ accuracies, lastStatistics, pooled, runs }] = summaries;
  const document = makeFoldsReport([readReportFolds(folders[0])]);
  const words = wordsOf(document);
  expect(document.title).toMatch(/^Cross-validation of mlp on /);
  const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / 3;
  expect(words).toContain(`the mean accuracy is ${percent(mean)}`);
  expect(words).toContain(`which these images did not select, is ${percent(lastStatistics?.mean ?? NaN)}`);
  expect(words).toContain(
    `${pooled?.correct ?? NaN} are classified correctly, ${percent(pooled?.accuracy ?? NaN)}`,
  );
  expect(
    rowsOf(document, 'folds').map(([fold, images, epoch, accuracy]) => [fold, images, epoch, accuracy]),
  ).toEqual(
    runs.map(({ dataset: { validation }, best }, index) => [
      ...[String(index + 1), String(validation), String(best?.epoch)],
      percent(accuracies[index]),
    ]),
  );
  expect(figuresOf(document).map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'fold-accuracies',
      'confusion-counts',
      'ranking-curves',
      'reliability',
      'errors',
    ]),
  );
  expect(words).not.toMatch(/\btest image(?!s were not)/);
  expect(rowsOf(document, 'environments').map(([name]) => name)).toEqual([
    'mlp-stripes-1',
    'mlp-stripes-2',
    'mlp-stripes-3',
  ]);
});

test('compares cross-validations with the same folds by the corrected resampled t test', () => {
  const [first, second] = folders.slice(0, 2).map(readReportFolds);
  const document = makeFoldsReport([first, second]);
  const [a, b] = summaries.map(({ accuracies }) => accuracies);
  expect(rowsOf(document, 'fold-comparison').slice(0, 3)).toEqual(
    a.map((accuracy, fold) => [String(fold + 1), percent(accuracy), percent(b[fold])]),
  );
  expect(wordsOf(document)).toMatch(
    /on average \(95 % confidence interval: [−+\d.]+ to [−+\d.]+; p [<=] 0\.\d{4}\)/,
  );
  expect(() => makeFoldsReport([first, readReportFolds(folders[2])])).toThrow(
    'report: expected cross-validations with the same folds, got other ones in mlp-stripes-1 and mlp-stripes-7; create a separate report for each',
  );
});

test('changes with the predictions, and is rendered as a page', async () => {
  const folds = readReportFolds(folders[0]);
  const { pooled } = folds;
  const { predictionRecord } = pooled;
  const wrong: ReportFolds = {
    ...folds,
    pooled: {
      ...pooled,
      predictionRecord: {
        ...predictionRecord,
        predictions: predictionRecord.predictions.map((label) => (label + 1) % 3),
      },
    },
  };
  expect(rowsOf(makeFoldsReport([wrong]), 'folds')).not.toEqual(rowsOf(makeFoldsReport([folds]), 'folds'));
  const { html } = await renderReport([folders[0]]);
  expect(html).toContain('Accuracy of the folds');
  const second = summaries[0].runs[1].folder;
  await expect(renderReport([second])).rejects.toThrow(
    `run "${second}": expected the first fold of a cross-validation, whose folder has a file out-of-fold.json, got a fold without`,
  );
  await expect(renderReport([folders[0], { dataset, result: {} } as never])).rejects.toThrow(
    'which is a fold, among others; create a separate report for each',
  );
});
