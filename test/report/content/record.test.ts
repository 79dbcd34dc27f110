import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import type { Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { figuresOf } from '#inkling/report/structure.js';
import { describeExtent } from '#inkling/runs/verify/describeVerification.js';
import type { RecordedVerification } from '#inkling/runs/verify/verification.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

/** Parts of a record that a report does not show. */
const NOT_SHOWN = [
  /^config\.(dataset|runDir|model|seed|threads|momentum|stepEpochs|stepFactor|augmentedViews|skipUnreadable)$/,
  /^summary\.(dataset\.name|seed|stopReason|environment\.simd)$/,
  /^summary\.epochs\.\d+\.(epoch|seconds|imagesPerSecond|learningRate)$/,
  // One of three values, which has its own test.
  /^summary\.dataset\.source\.kind$/,
  // It identifies the images, and is not for readers.
  /^summary\.dataset\.fingerprint\./,
  // The shape and class names saved with the model are shown instead.
  /^summary\.dataset\.classes\.\d+$/,
  /^summary\.test\./,
  // They follow from values that the report states.
  /^summary\.notices\.\d+$/,
  // Whether there is a difference says the same as the result; the kernels follow from the machine.
  /^verification\.(result|record|environment\.simd)$/,
  // Of how familiarity is computed, and of the rule that it replaces, the report shows only the threshold.
  /^summary\.calibration\.(logSumExpThreshold|familiarity\.(prototypes\.|.*Spread))/,
];

/** The paths of all leaves of an object. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** Names that a report describes in words. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  adam: 'sgd',
  shuffled: 'balanced',
  random: 'stratified',
  stratified: 'random',
};

/** A copy in which the leaf at a path has a different value; of a name, that of another one. */
function changed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (typeof value === 'object' && value !== null) {
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    Object.assign(copy, { [key]: changed(Object.entries(value).find(([name]) => name === key)?.[1], rest) });
    return copy;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? value + 1 : value + 1.37;
  if (typeof value === 'boolean') return !value;
  return OTHER_NAMES[String(value)] ?? `x${String(value)}`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => Object.entries(inner as object).find(([name]) => name === key)?.[1],
    value,
  );
}

const textOf = (main: ReportRun, other: ReportRun) => JSON.stringify(makeReport([main, other]));

const verification: RecordedVerification = {
  version: '1.2.3',
  verifiedAt: '2026-01-02T03:04:05.678Z',
  environment: { node: 'v20.1.0', platform: 'linux x64', cpu: 'Abacus', threads: 4, simd: 'simd' },
  epochs: 2,
  recordedEpochs: 3,
  compared: { losses: 5, states: 2, weights: ['best.safetensors'], test: true },
  result: 'same',
  record: 'hash',
  isOutdated: false,
};

/** As if there had been enough validation images to calibrate. */
function withEnoughImages({ summary, ...run }: ReportRun): ReportRun {
  const { calibration } = summary;
  if (calibration === undefined) throw new Error('expected a calibration');
  return { ...run, summary: { ...summary, calibration: { ...calibration, images: 100 } } };
}

test('every value of a record changes the report', () => {
  const { mlp, cnn: few } = runs();
  const trained = withEnoughImages(few);
  const { dataset } = trained.summary;
  const source = { ...dataset.source, kind: 'download', sha256: { file: 'hash' } } as const;
  const cnn: ReportRun = {
    ...trained,
    summary: { ...trained.summary, dataset: { ...dataset, source } },
    verification,
    // Fewer images, to save time.
    predictionRecord: {
      ...trained.predictionRecord,
      samples: [],
      examples: trained.predictionRecord.examples.slice(0, 1),
    },
  };
  const before = textOf(cnn, mlp);
  const { config, summary, test: metrics } = cnn;
  const paths = [
    ...leavesOf({ config, summary, test: metrics, verification }),
    ...leavesOf({ predictionRecord: { classCounts: cnn.predictionRecord.classCounts } }),
  ].filter((path) => !NOT_SHOWN.some((pattern) => pattern.test(path.join('.'))));
  expect(paths.length).toBeGreaterThan(70);
  const withoutEffect = paths.filter((path) => {
    const other = changed(cnn, path) as ReportRun;
    return textOf(other, mlp) === before;
  });
  expect(withoutEffect.map((path) => path.join('.'))).toEqual([]);
});

/** Numbers that do not depend on the record: the confidence level, and the ranges of bytes and pixel values. */
const CONSTANT = ['95', '255', '0', '1'];

/**
 * The numbers in every paragraph, caption and cell, by index, except the number of classes and those about the model, which come
 * from its list of layers.
 */
function numbersOf(run: ReportRun): Map<string, string[]> {
  const { abstract, sections } = makeReport([run]);
  const blocks = sections
    .filter(({ id }) => !['model', 'original-report'].includes(id))
    .flatMap((section) => [...section.blocks, ...section.subsections.flatMap((each) => each.blocks)]);
  const texts = blocks.flatMap((block): Text[] => {
    if (block.type === 'paragraph') return [block.text];
    if (block.type === 'figure') return block.id.startsWith('feature-maps') ? [] : [block.caption];
    if (block.type !== 'table') return [];
    const rows = block.id === 'dataset-summary' ? block.rows.slice(0, -1) : block.rows;
    return [block.caption, ...rows.flat()];
  });
  return new Map(
    [abstract, ...texts].map((text, index) => {
      const words = text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : ''));
      const numbers = words.join('').match(/\d+([,.:]\d+)*/g) ?? [];
      return [String(index), numbers];
    }),
  );
}

test('no number stays the same when the whole record changes', () => {
  const { cnn } = runs();
  const { predictionRecord, summary } = cnn;
  const isNumber = (path: readonly string[]) => typeof valueAt(cnn, path) === 'number';
  const paths = leavesOf({ config: cnn.config, summary, test: cnn.test }).filter(isNumber);
  const firstCorrect = predictionRecord.labels.findIndex(
    (label, image) => predictionRecord.predictions[image] === label,
  );
  const other = paths.reduce<unknown>(changed, cnn) as ReportRun;
  const [before, after] = [
    cnn,
    {
      ...other,
      summary: {
        ...other.summary,
        version: 'none',
        epochs: [...other.summary.epochs, ...other.summary.epochs],
        environment: other.summary.environment && {
          ...other.summary.environment,
          platform: 'none',
          node: 'none',
          cpu: 'none',
        },
      },
      predictionRecord: {
        ...predictionRecord,
        classCounts: {
          ...predictionRecord.classCounts,
          train: predictionRecord.classCounts.train.map((count) => count + 1),
        },
        predictions: predictionRecord.predictions.map((prediction, image) =>
          image === firstCorrect ? (prediction + 1) % 3 : prediction,
        ),
        probabilities: predictionRecord.probabilities?.toReversed(),
      },
    },
  ].map(numbersOf);
  expect(before.size).toBeGreaterThan(50);
  const unchanged = [...before].filter(([index, numbers]) =>
    numbers.some((number, i) => !CONSTANT.includes(number) && after.get(index)?.[i] === number),
  );
  expect(unchanged).toEqual([]);
});

test('what was verified is stated of each run', () => {
  const { cnn, mlp } = runs();
  const plain = (text: Text) =>
    text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '…')).join('');
  const stated = (...all: [ReportRun, ...ReportRun[]]) => {
    const { sections, appendices } = makeReport(all);
    const block = sections.find(({ id }) => id === 'training')?.blocks.at(-1);
    const details = appendices[0].subsections
      .filter(({ id }) => id === 'verification')
      .flatMap(({ blocks }) => blocks.flatMap((each) => (each.type === 'table' ? each.rows : [])))
      .map((row) => row.map(plain).join(' | '));
    return [block?.type === 'paragraph' ? plain(block.text) : '', ...details];
  };
  const verified = { ...cnn, verification };
  const outdated = { ...cnn, verification: { ...verification, isOutdated: true } };
  const difference = {
    ...{ where: 'epoch 2', file: 'summary.json', what: 'trainLoss', recorded: '0.5', repeated: '0.4' },
    reasons: ['The processor is another one.'],
  };
  const different = { ...mlp, verification: { ...verification, difference } };
  const where = '2026-01-02, Inkling 1.2.3, Abacus, 4 threads, linux x64, Node.js v20.1.0';
  const extent = describeExtent(verification);
  expect(extent).toMatch(/^2 of 3 epochs, .* best\.safetensors, and the test results$/);
  const [name, other] = ['report-cnn-stripes-1', 'mlp-stripes-1'];
  expect(stated(verified)).toEqual([
    'The inkling verify command repeated the training from its record alone. It gave the same bits (…).',
    `${name} | same bits | ${where} | ${extent}.`,
  ]);
  expect(stated({ ...cnn, verification: null })).toEqual([
    'The training was not repeated with inkling verify, so that its record is not verified.',
  ]);
  expect(stated(outdated)).toEqual([
    'The inkling verify command repeated the training from its record alone. It gave the same bits (…). The record has changed since.',
    `${name} | same bits | ${where} | ${extent}. The record has changed since.`,
  ]);
  expect(stated(different)).toEqual([
    'The inkling verify command repeated the training from its record alone. It gave other bits (…).',
    `${other} | other bits | ${where} | ${extent}. The first difference: epoch 2: trainLoss is 0.5 in summary.json, and 0.4 when repeated. The processor is another one.`,
  ]);
  expect(stated({ ...cnn, verification: null }, { ...mlp, verification: null })).toEqual([
    'None of the 2 trainings was repeated with inkling verify, so that their records are not verified.',
  ]);
  expect(stated(verified, { ...mlp, verification: null })[0]).toBe(
    `The inkling verify command repeated 1 of the 2 trainings from their records alone (…). ${name} gave the same bits. The other one was not repeated, and its record is not verified.`,
  );
  expect(stated(outdated, different)[0]).toBe(
    `The inkling verify command repeated 2 of the 2 trainings from their records alone (…). ${name} gave the same bits. ${other} gave other bits. Since then, the records of ${name} have changed.`,
  );
});

/** A run with other numbers of training images of each class. */
function withCounts({ predictionRecord, ...run }: ReportRun, train: number[]): ReportRun {
  const classCounts = { ...predictionRecord.classCounts, train };
  return { ...run, predictionRecord: { ...predictionRecord, classCounts } };
}

describe('a report shows', () => {
  const cases: [what: string, change: (run: ReportRun) => ReportRun, expected: string][] = [
    [
      'the test accuracy',
      ({ test, ...run }) => ({ ...run, test: { ...test, accuracy: 0.87654 } }),
      '87.65 %',
    ],
    [
      'the macro F1 score',
      ({ test, ...run }) => ({ ...run, test: { ...test, macroF1: 0.76543 } }),
      '76.54 %',
    ],
    [
      'its confidence interval',
      ({ test, ...run }) => ({ ...run, test: { ...test, correct: 9_874, total: 10_000 } }),
      // The Wilson interval of 9,874 out of 10,000, computed independently.
      '98.50\u00a0% to 98.94\u00a0%',
    ],
    [
      'the sizes of the subsets',
      ({ summary, ...run }) => ({
        ...run,
        summary: { ...summary, dataset: { ...summary.dataset, train: 54_321 } },
      }),
      '54,321',
    ],
    [
      'the hardware',
      ({ summary, ...run }) => ({
        ...run,
        summary: {
          ...summary,
          environment: summary.environment && { ...summary.environment, cpu: 'Abacus' },
        },
      }),
      'Abacus',
    ],
    [
      'balanced sampling',
      ({ config, ...run }) => ({ ...run, config: { ...config, sampling: 'balanced' } }),
      'drawn with replacement, each with a probability inversely proportional to the number of training images of its class',
    ],
    [
      'that classes are imbalanced',
      (run) => withCounts(run, [50, 5, 20]),
      'The classes are imbalanced: the largest has 10 times as many training images as the smallest.',
    ],
    [
      'that nothing compensated for it',
      (run) => withCounts(run, [50, 5, 20]),
      'Neither class weights nor balanced sampling compensated for this',
    ],
    [
      'that class weights compensated for it',
      ({ config, ...run }) =>
        withCounts({ ...run, config: { ...config, classWeights: 'balanced' } }, [50, 5, 20]),
      'The loss was weighted by class (',
    ],
    [
      'that sampling compensated for it',
      ({ config, ...run }) =>
        withCounts({ ...run, config: { ...config, sampling: 'balanced' } }, [50, 5, 20]),
      'Balanced sampling compensated for this (',
    ],
    ['the settings', ({ config, ...run }) => ({ ...run, config: { ...config, batchSize: 4_321 } }), '4321'],
  ];
  test.each(cases)('%s', (_what, change, expected) => {
    const { cnn, mlp } = runs();
    const textFor = (run: ReportRun) => textOf(run, mlp).replaceAll('\u00a0', ' ');
    expect(textFor(cnn)).not.toContain(expected.replaceAll('\u00a0', ' '));
    expect(textFor(change(cnn))).toContain(expected.replaceAll('\u00a0', ' '));
  });
});

test('the metrics depend on the probability of every image and class', () => {
  const { cnn } = runs();
  const { probabilities = new Float32Array() } = cnn.predictionRecord;
  expect(probabilities).toHaveLength(90);
  const textWith = (changed: Float32Array | undefined) =>
    JSON.stringify(
      makeReport([{ ...cnn, predictionRecord: { ...cnn.predictionRecord, probabilities: changed } }]),
    );
  const before = textWith(probabilities);
  const without = textWith(undefined);
  expect(without).toContain('The predicted probabilities of all test images were not recorded');
  expect(without).not.toContain('risk-coverage');
  const unchanged = [...probabilities.keys()].filter((index) => {
    const changed = probabilities.with(index, probabilities[index] / 2);
    return textWith(changed) === before;
  });
  expect(unchanged).toEqual([]);
});

test('the figures show calibrated probabilities', () => {
  const { cnn } = runs();
  const calibration = cnn.summary.calibration && { ...cnn.summary.calibration, temperature: 3 };
  const warmed = { ...cnn, summary: { ...cnn.summary, calibration } };
  const drawingsOf = (run: ReportRun) =>
    JSON.stringify(
      figuresOf(makeReport([run])).filter(({ id }) =>
        ['errors', 'correct-predictions', 'reliability'].includes(id),
      ),
    );
  expect(drawingsOf(warmed)).not.toBe(drawingsOf(cnn));
  const [{ probabilities }] = cnn.predictionRecord.examples;
  const powers = probabilities.map((probability) => probability ** (1 / 3));
  const largest = Math.max(...powers) / powers.reduce((sum, power) => sum + power, 0);
  expect(drawingsOf(warmed)).toContain(`${(100 * largest).toFixed(2)} %`);
});

test('the comparison depends on the predictions of both runs', () => {
  const { cnn, mlp } = runs();
  const { labels } = cnn.predictionRecord;
  const correct = { ...cnn, predictionRecord: { ...cnn.predictionRecord, predictions: labels } };
  const incorrect = {
    ...mlp,
    predictionRecord: { ...mlp.predictionRecord, predictions: labels.map((label) => (label + 1) % 3) },
  };
  const section = makeReport([correct, incorrect]).sections.find(({ id }) => id === 'comparison');
  const table = section?.blocks.find((block) => block.type === 'table' && block.id === 'paired-results');
  expect(table).toMatchObject({
    rows: [
      [['both'], ['0']],
      [[{ text: 'report-cnn' }, ' only'], ['30']],
      [[{ text: 'mlp' }, ' only'], ['0']],
      [['neither'], ['0']],
    ],
  });
});
