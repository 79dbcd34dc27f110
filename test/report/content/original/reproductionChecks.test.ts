import { describe, expect, test } from 'vitest';
import { checkReproduction } from '#inkling/report/content/original/reproductionChecks.js';
import { makeReport } from '#inkling/report/content/report.js';
import { contextOf } from '#inkling/report/content/context.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { trainForReport } from '../../../helpers/reportRuns.js';

const runs = trainForReport();

interface Changes {
  readonly accuracy?: number;
  readonly seed?: number;
  readonly dataset?: Partial<ReportRun['summary']['dataset']>;
  readonly validationAccuracies?: readonly number[];
  readonly parameters?: number;
  readonly predictions?: (label: number, image: number) => number;
}

/** A run that matches the original report except for some changes. */
function like(run: ReportRun, changes: Changes = {}): ReportRun {
  const {
    accuracy = 0.988,
    seed = 0,
    dataset = {},
    validationAccuracies = [0.9, 0.95, 0.96, 0.97, 0.98],
  } = changes;
  const { summary, predictionRecord } = run;
  const total = 10_000;
  return {
    ...run,
    config: { ...run.config, epochs: 5, batchSize: 64, learningRate: 0.001, seed },
    test: { ...run.test, accuracy, correct: Math.round(total * accuracy), total },
    summary: {
      ...summary,
      seed,
      dataset: {
        ...summary.dataset,
        name: 'mnist',
        source: { ...summary.dataset.source, verified: true },
        train: 54_000,
        validation: 6_000,
        test: 10_000,
        shape: [28, 28, 1],
        ...dataset,
      },
      model: { ...summary.model, parameters: changes.parameters ?? summary.model.parameters },
      epochs: validationAccuracies.map((validationAccuracy, i) => ({
        ...summary.epochs[0],
        epoch: i + 1,
        validationAccuracy,
      })),
    },
    predictionRecord: changes.predictions
      ? { ...predictionRecord, predictions: predictionRecord.labels.map(changes.predictions) }
      : predictionRecord,
  };
}

const correct = (label: number) => label;
const incorrect = (label: number) => (label + 1) % 3;

/** The outcome for one quantity. */
function outcomeOf(quantity: string, main: ReportRun, ...others: ReportRun[]): string | undefined {
  return checkReproduction(contextOf([main, ...others])).find((check) => check.quantity === quantity)
    ?.outcome;
}

test('a run that matches the original report reproduces every value', () => {
  const { cnn, mlp } = runs();
  const cnnLike = like(cnn, { parameters: 25_386, predictions: correct });
  const mlpLike = like(mlp, { accuracy: 0.96, parameters: 50_890, predictions: incorrect });
  const checks = checkReproduction(contextOf([cnnLike, mlpLike]));
  expect(
    checks.map(({ quantity, section, reported, measured, outcome }) => [
      quantity,
      section,
      reported,
      measured,
      outcome,
    ]),
  ).toEqual(
    [
      ['Training images', '2.3', '54,000', '54,000'],
      ['Test images', '2.3', '10,000', '10,000'],
      ['Image shape (channels × height × width)', '2.3', '1×28×28', '1×28×28'],
      ['Batch size', '2.2', '64', '64'],
      ['Optimizer and learning rate', '3.3', 'adam, 0.001', 'adam, 0.001'],
      ['Validation fraction', '4.2', '10 %', '10 %'],
      ['Epochs', '6.1', '5', '5'],
      ['Steady improvement in validation accuracy', '6.1', 'every epoch', '4 of 4 epochs'],
      ['Test accuracy of the CNN', '4.3', '98.80 %', '98.80 %'],
      ['Test accuracy of the MLP', '6.2', 'about 96 %', '96.00 %'],
      ['CNN has fewer parameters than the MLP', '6.2', 'yes', '25,386 vs. 50,890 of the MLP chosen here'],
      ['CNN is more accurate than the MLP', '6.2', 'yes', 'only CNN correct: 30, only MLP correct: 0'],
    ].map((row) => [...row, row[0].includes('parameters') ? 'not comparable' : 'reproduced']),
  );
});

test('the rule that decides is printed', () => {
  const { cnn } = runs();
  const textOf = (...all: [ReportRun, ...ReportRun[]]) =>
    JSON.stringify(makeReport(all)).replaceAll('\u00a0', ' ');
  const rule =
    'One rule decides: a value is reproduced if the measured value, rounded to the precision with which';
  const one = textOf(like(cnn, { accuracy: 0.9 }));
  expect(one).toContain(rule);
  expect(one).toContain('“about 96 %” stands for 95.5 % to 96.5 %');
  expect(one).toContain(
    'the 95 % confidence interval of the measured accuracy (Wilson score) contains a value',
  );
  expect(textOf(like(cnn), like(cnn, { seed: 1 }))).toContain(
    'one additional seed (Student’s t over 2 seeds) contains',
  );
});

describe('outcomes', () => {
  test.each<[quantity: string, changes: Changes, outcome: string]>([
    // 98.804 % rounds to 98.80 %; the Wilson interval of 98.60 % extends to 98.81 %.
    ['Test accuracy of the CNN', { accuracy: 0.98804 }, 'reproduced'],
    ['Test accuracy of the CNN', { accuracy: 0.986 }, 'consistent'],
    ['Test accuracy of the CNN', { accuracy: 0.985 }, 'not reproduced'],
    ['Test accuracy of the CNN', { accuracy: 0.995 }, 'not reproduced'],
    ['Training images', { dataset: { train: 53_999 } }, 'not reproduced'],
    ['Image shape (channels × height × width)', { dataset: { shape: [28, 28, 3] } }, 'not reproduced'],
    ['Validation fraction', { dataset: { validation: 9_000 } }, 'not reproduced'],
    ['Epochs', { validationAccuracies: [0.9, 0.95] }, 'not reproduced'],
    [
      'Steady improvement in validation accuracy',
      { validationAccuracies: [0.9, 0.95, 0.94] },
      'not reproduced',
    ],
    ['Steady improvement in validation accuracy', { validationAccuracies: [0.9] }, 'not reproduced'],
    ['Test accuracy of the CNN', { dataset: { name: 'digits' } }, 'not comparable'],
    ['Test images', { dataset: { name: 'digits' } }, 'not comparable'],
  ])('%s with %j: %s', (quantity, changes, outcome) => {
    expect(outcomeOf(quantity, like(runs().cnn, changes))).toBe(outcome);
  });

  test('several seeds have a prediction interval', () => {
    const { cnn } = runs();
    const seeds = (...accuracies: number[]) =>
      accuracies.map((accuracy, seed) => like(cnn, { accuracy, seed }));
    const [first, ...rest] = seeds(0.9855, 0.9845, 0.985);
    expect(outcomeOf('Test accuracy of the CNN', first, ...rest)).toBe('not reproduced');
    const [wide, ...others] = seeds(0.988, 0.983, 0.985);
    expect(outcomeOf('Test accuracy of the CNN', wide, ...others)).toBe('consistent');
  });

  test('for the MLP', () => {
    const { cnn, mlp } = runs();
    const outcomeWith = (quantity: string, changes: Changes, main: Changes = {}) =>
      outcomeOf(quantity, like(cnn, main), like(mlp, changes));
    // "About 96 %" is 95.5 % to 96.5 %: the Wilson interval of 96.70 % begins at 96.33 %, that of 96.98 % at 96.63 %.
    expect(outcomeWith('Test accuracy of the MLP', { accuracy: 0.9649 })).toBe('reproduced');
    expect(outcomeWith('Test accuracy of the MLP', { accuracy: 0.967 })).toBe('consistent');
    expect(outcomeWith('Test accuracy of the MLP', { accuracy: 0.9698 })).toBe('not reproduced');
    expect(outcomeWith('Test accuracy of the MLP', { accuracy: 0.975 })).toBe('not reproduced');
    const better = 'CNN is more accurate than the MLP';
    expect(outcomeWith(better, { predictions: correct }, { predictions: incorrect })).toBe('not reproduced');
    expect(outcomeWith(better, { predictions: correct }, { predictions: correct })).toBe('inconclusive');
    expect(outcomeOf(better, like(cnn))).toBeUndefined();
  });
});
