import { describe, expect, test } from 'vitest';
import { citedWorks } from '#inkling/report/bibliography/citations.js';
import { preset } from '#inkling/models/presets.js';
import { makeReport } from '#inkling/report/content/report.js';
import type { Block, ReportDocument, Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { blocksOf } from '#inkling/report/structure.js';
import type { PartialConfig } from '#inkling/train/config.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

const plain = (text: Text) =>
  text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '…')).join('');

/** The running text of a section or of one of its subsections. */
function textOf({ sections, appendices }: ReportDocument, id: string): string {
  const parts = [...sections, ...appendices].flatMap((section) => [section, ...section.subsections]);
  const blocks = parts.find((part) => part.id === id)?.blocks ?? [];
  return blocks
    .flatMap((block) =>
      block.type === 'paragraph' ? [block.text] : block.type === 'list' ? block.items : [],
    )
    .map(plain)
    .join('\n')
    .replaceAll('\u00a0', ' ');
}

function rowsOf(document: ReportDocument, id: string): Map<string, string> {
  const table = blocksOf(document).find((block) => block.type === 'table' && block.id === id);
  const rows = table?.type === 'table' ? table.rows : [];
  return new Map(rows.map(([name, value]) => [plain(name), plain(value).replaceAll('\u00a0', ' ')]));
}

const codeOf = (document: ReportDocument, id: string) => {
  const isListing = (block: Block) => block.type === 'listing' && block.id === id;
  const listing = blocksOf(document).find(isListing);
  return listing?.type === 'listing' ? listing.code : '';
};

const withConfig = (run: ReportRun, config: PartialConfig): ReportRun => ({
  ...run,
  config: { ...run.config, ...config } as ReportRun['config'],
});

const named = (run: ReportRun, name: string, verified = true): ReportRun => ({
  ...run,
  summary: {
    ...run.summary,
    dataset: {
      ...run.summary.dataset,
      name,
      source: { ...run.summary.dataset.source, kind: 'files', verified, sha256: { a: 'b' } },
    },
  },
});

test('the license of published data is stated, and that of other data is not', () => {
  const { cnn } = runs();
  expect(textOf(makeReport([named(cnn, 'mnist')]), 'source')).toContain(
    'MNIST was published with …, and is available at https://yann.lecun.com/exdb/mnist/. Its license is: Creative Commons Attribution-ShareAlike 3.0 (as stated by the documentation of Keras).',
  );
  expect(textOf(makeReport([named(cnn, 'emnist-letters')]), 'source')).toContain(
    'EMNIST letters was published with',
  );
  expect(textOf(makeReport([named(cnn, 'leaves')]), 'source')).not.toContain('license');
  // A folder may have any name.
  const other = makeReport([named(cnn, 'mnist', false)]);
  expect(textOf(other, 'source')).not.toContain('license');
  expect(other.title).toBe('Classifying mnist with a convolutional neural network');
  expect(other.sections.map(({ id }) => id)).not.toContain('original-report');
  const checks = rowsOf(makeReport([named(cnn, 'leaves')]), 'checklist-table');
  expect(checks.get('Is its license stated?')).toBe('no: not known to be a published data set');
});

/** A run whose accuracy on rotated and blurred images was measured: how many of 30 are correct at each severity of the rotation. */
const measured = (run: ReportRun, correct: readonly number[]): ReportRun => ({
  ...run,
  robustness: {
    total: 30,
    correct: 28,
    corruptions: [
      { name: 'rotation', levels: [10, 20], correct: [...correct] },
      { name: 'blur', levels: [1, 2], correct: [20, 20] },
    ],
  },
});

test('the order of the networks is stated for the changes that reverse it', () => {
  const { cnn, mlp } = runs();
  const document = makeReport([measured(cnn, [30, 4]), measured(mlp, [12, 20])]);
  // statsmodels: proportion_confint(4, 30, method="wilson") is 0.0531 to 0.2968, (20, 30) 0.4878 to 0.8077
  expect(textOf(document, 'robustness')).toContain(
    'with rotation of severity 2 (66.67 % against 13.33 %), mlp is more accurate than report-cnn by more than the intervals of both.',
  );
  expect(textOf(document, 'discussion')).toContain(
    'On changed images, it classifies 61.67 % correctly on average',
  );
  const other = makeReport([measured(cnn, [29, 10]), measured(mlp, [25, 12])]);
  expect(textOf(other, 'robustness')).toContain('Nowhere is mlp more accurate than report-cnn');
});

test('errors among embedded images are said to be overrepresented', () => {
  const { cnn } = runs();
  const labels = Uint8Array.from({ length: 30 }, (_, image) => image % 3);
  const predictions = labels.map((label, image) => (image < 2 ? (label + 1) % 3 : label));
  const images = [0, 1, 2, 16];
  const zeros = images.map(() => 0);
  const document = makeReport([
    {
      ...cnn,
      predictionRecord: { ...cnn.predictionRecord, labels, predictions },
      embedding: { layer: 'layer2.3', images, x: zeros, y: zeros, explained: [0.3, 0.2] },
    },
  ]);
  expect(textOf(document, 'embedding')).toContain(
    'all of the 2 that are classified incorrectly. Errors are therefore overrepresented, by a factor of 14.0.',
  );
});

test('the commands state the settings that differ from their defaults', () => {
  const { cnn, mlp } = runs();
  const settings: PartialConfig = {
    dataset: '/home/me/my leaves',
    augment: { shift: 2 },
    freeze: ['a', 'b'],
  };
  const commands = codeOf(makeReport([withConfig(cnn, settings), mlp]), 'listing-commands').split('\n\n');
  expect(commands).toEqual([
    [
      '# report-cnn, seed 3',
      "inkling train --dataset 'my leaves' --epochs 2 --batch-size 90 \\",
      '  --augment shift=2 --freeze a,b --seed 3',
    ].join('\n'),
    '# mlp, seed 3\ninkling train --model mlp --dataset digits --epochs 2 --batch-size 90 \\\n  --seed 3',
  ]);
});

test('future work states what has been measured', () => {
  const { cnn, mlp } = runs();
  const model = {
    ...preset('report-cnn-dropout', { input: [28, 28, 1], classes: 3 }),
    input: cnn.saved.model.input,
  };
  const dropout: ReportRun = {
    ...withConfig(cnn, { model: model.name }),
    saved: { ...cnn.saved, model },
    summary: { ...cnn.summary, model: { ...cnn.summary.model, name: model.name } },
    test: { ...cnn.test, accuracy: 0.7654 },
  };
  const seeds = [cnn, withConfig(cnn, { seed: 9 })] as const;
  expect(rowsOf(makeReport([cnn, mlp]), 'future-work-table').get('Dropout')).toBe('no');
  const measured = rowsOf(makeReport([...seeds, dropout]), 'future-work-table');
  expect(measured.get('Dropout')).toBe('report-cnn-dropout: 76.54 %');
  expect(measured.get('More seeds')).toBe('…');
  expect(measured.get('More layers')).toBe('no');
  const checks = rowsOf(makeReport([...seeds]), 'checklist-table');
  expect(checks.get('Was training repeated with other seeds?')).toBe('yes: 2 seeds (…)');
  expect(checks.get('Are differences tested for significance?')).toBe('not applicable: one network');
});

describe('the discussion and the conclusion', () => {
  const withPredictions = (
    run: ReportRun,
    predictions: ReportRun['predictionRecord']['predictions'],
  ): ReportRun => ({
    ...run,
    predictionRecord: { ...run.predictionRecord, predictions },
  });

  test('name no winner where there is none', () => {
    const { cnn, mlp } = runs();
    const same = withPredictions(mlp, cnn.predictionRecord.predictions);
    const document = makeReport([cnn, same]);
    expect(textOf(document, 'discussion')).toContain(
      'do not show whether report-cnn or mlp is more accurate',
    );
    expect(textOf(document, 'conclusion')).toContain(
      'Whether report-cnn or mlp is more accurate is undecided',
    );
  });

  test('name the better network where the difference is significant', () => {
    const { cnn, mlp } = runs();
    const { labels } = cnn.predictionRecord;
    const wrong = labels.map((label) => (label + 1) % 3);
    const document = makeReport([withPredictions(cnn, wrong), withPredictions(mlp, labels)]);
    expect(textOf(document, 'discussion')).toContain(
      'On images such as these, mlp is more accurate than report-cnn',
    );
    expect(textOf(document, 'conclusion')).toContain('mlp is significantly more accurate than report-cnn');
  });
});

test('runs on fewer training images are a learning curve', () => {
  const { cnn, mlp } = runs();
  const { dataset } = cnn.summary;
  const limited = (trainLimit: number, correct: number, seed = 3): ReportRun => ({
    ...withConfig(cnn, { trainLimit, seed }),
    name: `cnn-${trainLimit}-${seed}`,
    summary: { ...cnn.summary, seed, dataset: { ...dataset, train: trainLimit } },
    test: { ...cnn.test, correct, accuracy: correct / cnn.test.total },
  });
  const document = makeReport([cnn, limited(60, 20), mlp, limited(30, 12), limited(30, 15, 4)]);
  expect([...rowsOf(document, 'learning-curve-table')]).toEqual([
    ['30', '2'],
    ['60', '1'],
    ['90', '1'],
  ]);
  const text = textOf(document, 'learning-curve');
  expect(text).toContain('The test accuracy is 45.00 % after training on 30 images, and ');
  expect(text).toContain('of their mean (Student’s t …)');
  expect(textOf(makeReport([cnn, mlp]), 'learning-curve')).toBe('');
});

test.each([
  [{ trainLimit: 30 }, 'drawn with seed 3, with the same share of each class.'],
  [{ trainLimitPerClass: 10 }, 'drawn with seed 3, with 10 images of each class.'],
])('states how fewer training images were drawn: %j', (limit, drawn) => {
  const document = makeReport([withConfig(runs().cnn, { ...limit, seed: 3 })]);
  expect(textOf(document, 'preprocessing')).toContain(`were used for training, ${drawn}`);
});

test('only works that are cited are listed, in the order of their citation', () => {
  const { cnn, mlp } = runs();
  const adam = citedWorks(makeReport([cnn]));
  const momentum = citedWorks(makeReport([withConfig(mlp, { optimizer: 'sgd' })]));
  expect(adam).toContain('kingma2015adam');
  expect(adam).toContain('ioffe2015batch');
  expect(momentum).toContain('sutskever2013importance');
  expect(momentum).not.toContain('kingma2015adam');
  expect(momentum).not.toContain('ioffe2015batch');
  expect(adam.indexOf('ioffe2015batch')).toBeLessThan(adam.indexOf('kingma2015adam'));
  const model = preset('resnet-small', { input: [32, 32, 3], classes: 3 });
  const predictionRecord = { ...cnn.predictionRecord, samples: [], examples: [] };
  const features = { ...cnn.features, filters: undefined, input: undefined };
  const deep = { ...cnn, predictionRecord, features, explanations: [], saved: { ...cnn.saved, model } };
  expect(citedWorks(makeReport([deep]))).toEqual(expect.arrayContaining(['he2016deep', 'lavin2016fast']));
  expect(momentum).not.toContain('lavin2016fast');
});
