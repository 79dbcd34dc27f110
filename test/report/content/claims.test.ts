import { describe, expect, test } from 'vitest';
import { checkClaims } from '#inkling/report/content/claims.js';
import { contextOf } from '#inkling/report/content/context.js';
import type { ReportRun } from '#inkling/report/runs.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

interface Changes {
  readonly accuracy?: number;
  readonly seed?: number;
  readonly dataset?: Partial<ReportRun['summary']['dataset']>;
  readonly validationAccuracies?: readonly number[];
  readonly parameters?: number;
  readonly predictions?: (label: number, image: number) => number;
}

/** A run on MNIST as the original report has it, but for some changes. */
function like(run: ReportRun, changes: Changes = {}): ReportRun {
  const {
    accuracy = 0.988,
    seed = 0,
    dataset = {},
    validationAccuracies = [0.9, 0.95, 0.96, 0.97, 0.98],
  } = changes;
  const { summary, evidence } = run;
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
    evidence: changes.predictions
      ? { ...evidence, predictions: evidence.labels.map(changes.predictions) }
      : evidence,
  };
}

const right = (label: number) => label;
const wrong = (label: number) => (label + 1) % 3;

/** The verdict on one claim. */
function verdictOn(claim: string, main: ReportRun, ...others: ReportRun[]): string | undefined {
  return checkClaims(contextOf([main, ...others])).find((check) => check.claim === claim)?.verdict;
}

test('a run like the original reproduces every claim', () => {
  const { cnn, mlp } = runs();
  const cnnLike = like(cnn, { parameters: 25_386, predictions: right });
  const mlpLike = like(mlp, { accuracy: 0.96, parameters: 50_890, predictions: wrong });
  const checks = checkClaims(contextOf([cnnLike, mlpLike]));
  expect(
    checks.map(({ claim, section, stated, measured, verdict }) => [
      claim,
      section,
      stated,
      measured,
      verdict,
    ]),
  ).toEqual(
    [
      ['Training images', '2.3', '54,000', '54,000'],
      ['Test images', '2.3', '10,000', '10,000'],
      ['Image, channels × height × width', '2.3', '1×28×28', '1×28×28'],
      ['Batch size', '2.2', '64', '64'],
      ['Optimizer and learning rate', '3.3', 'adam, 0.001', 'adam, 0.001'],
      ['Share kept for validation', '4.2', '10 %', '10 %'],
      ['Epochs', '6.1', '5', '5'],
      ['Validation accuracy rises consistently', '6.1', 'every epoch', '4 of 4 times'],
      ['Test accuracy of the CNN', '4.3', '98.80 %', '98.80 %'],
      ['Test accuracy of an MLP', '6.2', 'around 96 %', '96.00 %'],
      ['The CNN has fewer parameters than an MLP', '6.2', 'fewer', '25,386 and 50,890'],
      ['The CNN is the better classifier', '6.2', 'better', 'right alone on 30, the MLP on 0'],
    ].map((row) => [...row, 'reproduced']),
  );
});

describe('verdicts', () => {
  test.each<[claim: string, changes: Changes, verdict: string]>([
    // One image in ten thousand is not seen in two digits; Wilson's interval of 98.60 % reaches to 98.81 %.
    ['Test accuracy of the CNN', { accuracy: 0.98804 }, 'reproduced'],
    ['Test accuracy of the CNN', { accuracy: 0.986 }, 'within spread'],
    ['Test accuracy of the CNN', { accuracy: 0.985 }, 'not reproduced'],
    ['Test accuracy of the CNN', { accuracy: 0.995 }, 'not reproduced'],
    ['Training images', { dataset: { train: 53_999 } }, 'not reproduced'],
    ['Image, channels × height × width', { dataset: { shape: [28, 28, 3] } }, 'not reproduced'],
    ['Share kept for validation', { dataset: { validation: 9_000 } }, 'not reproduced'],
    ['Epochs', { validationAccuracies: [0.9, 0.95] }, 'not reproduced'],
    ['Validation accuracy rises consistently', { validationAccuracies: [0.9, 0.95, 0.94] }, 'not reproduced'],
    ['Validation accuracy rises consistently', { validationAccuracies: [0.9] }, 'not reproduced'],
    ['Test accuracy of the CNN', { dataset: { name: 'digits' } }, 'other data'],
    ['Test images', { dataset: { name: 'digits' } }, 'other data'],
  ])('%s with %j: %s', (claim, changes, verdict) => {
    expect(verdictOn(claim, like(runs().cnn, changes))).toBe(verdict);
  });

  test('several seeds have a spread of their own', () => {
    const { cnn } = runs();
    const seeds = (...accuracies: number[]) =>
      accuracies.map((accuracy, seed) => like(cnn, { accuracy, seed }));
    const [first, ...rest] = seeds(0.9855, 0.9845, 0.985);
    expect(verdictOn('Test accuracy of the CNN', first, ...rest)).toBe('not reproduced');
    const [wide, ...others] = seeds(0.988, 0.983, 0.985);
    expect(verdictOn('Test accuracy of the CNN', wide, ...others)).toBe('within spread');
  });

  test('of an MLP', () => {
    const { cnn, mlp } = runs();
    const against = (claim: string, changes: Changes, main: Changes = {}) =>
      verdictOn(claim, like(cnn, main), like(mlp, changes));
    expect(against('Test accuracy of an MLP', { accuracy: 0.9698 })).toBe('reproduced');
    expect(against('Test accuracy of an MLP', { accuracy: 0.975 })).toBe('not reproduced');
    expect(against('The CNN has fewer parameters than an MLP', { parameters: 1 })).toBe('not reproduced');
    const better = 'The CNN is the better classifier';
    expect(against(better, { predictions: right }, { predictions: wrong })).toBe('not reproduced');
    expect(against(better, { predictions: right }, { predictions: right })).toBe('within spread');
    expect(verdictOn(better, like(cnn))).toBeUndefined();
  });
});
