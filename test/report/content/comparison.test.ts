import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import type { Block, Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

const plain = (text: Text): string =>
  text
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.type === 'citation' ? `[${part.work}]` : 'text' in part ? part.text : '';
    })
    .join('')
    .replaceAll('\u00a0', ' ');

interface Changes {
  readonly seed?: number;
  readonly learningRate?: number;
  readonly accuracy?: number;
  /** How many of the 30 test images are classified correctly, from the first. */
  readonly correct?: number;
}

/** A run of another seed or other settings, with other results. */
function like(
  run: ReportRun,
  { seed = 0, learningRate = 0.001, accuracy = 0.9, correct = 20 }: Changes,
): ReportRun {
  const { labels } = run.predictionRecord;
  const predictions = labels.map((label, image) => (image < correct ? label : (label + 1) % 3));
  return {
    ...run,
    name: `${run.config.model}-${learningRate}-${seed}`,
    config: { ...run.config, seed, learningRate },
    summary: { ...run.summary, seed },
    test: { ...run.test, accuracy },
    predictionRecord: { ...run.predictionRecord, predictions },
  };
}

/** Three settings, two of them with the same three seeds. */
function severalRuns(): [ReportRun, ...ReportRun[]] {
  const { cnn, mlp } = runs();
  return [
    like(cnn, { seed: 1, accuracy: 0.981, correct: 28 }),
    like(cnn, { seed: 2, accuracy: 0.983, correct: 28 }),
    like(cnn, { seed: 3, accuracy: 0.982, correct: 28 }),
    like(mlp, { seed: 1, accuracy: 0.971, correct: 27 }),
    like(mlp, { seed: 2, accuracy: 0.972, correct: 27 }),
    like(mlp, { seed: 3, accuracy: 0.97, correct: 27 }),
    like(mlp, { seed: 1, learningRate: 0.1, accuracy: 0.5, correct: 10 }),
  ];
}

function comparisonOf(all: readonly [ReportRun, ...ReportRun[]]) {
  const { sections, abstract } = makeReport(all);
  const blocks: readonly Block[] = sections.find(({ id }) => id === 'comparison')?.blocks ?? [];
  const rowsOf = (id: string) =>
    blocks.flatMap((block) =>
      block.type === 'table' && block.id === id ? block.rows.map((row) => row.map(plain)) : [],
    );
  const words = blocks.flatMap((block) => (block.type === 'paragraph' ? plain(block.text) : [])).join(' ');
  return { words, rowsOf, abstract: plain(abstract), everything: JSON.stringify(sections) };
}

describe('a report of several runs', () => {
  test('shows all of them, and the means of those that differ only in their seeds', () => {
    const { words, rowsOf, abstract } = comparisonOf(severalRuns());
    expect(abstract).toMatch(
      /Over 3 seeds, it classifies 98\.20 % of the 30 test images correctly on average \(95 % confidence interval of the mean: 97\.95 % to 98\.45 %\), with a mean macro F1 score of [\d.]+ %\. The run with seed 1, which is described in detail, classifies 98\.10 % correctly\./,
    );
    expect(rowsOf('modules-2').map((row) => row[1])).toEqual(['flatten', 'linear', 'relu', 'linear', '']);
    expect(rowsOf('runs-table').map((row) => row.slice(1, 3))).toEqual([
      ['1', '98.10 %'],
      ['2', '98.30 %'],
      ['3', '98.20 %'],
      ['1', '97.10 %'],
      ['2', '97.20 %'],
      ['3', '97.00 %'],
      ['1', '50.00 %'],
    ]);
    expect(rowsOf('comparison-table').slice(0, 3)).toEqual([
      ['Test accuracy', '98.20 %', '97.10 %', '50.00 %'],
      ['Seeds', '3', '3', '1'],
      ['Standard deviation (points)', '0.10', '0.10', '–'],
    ]);
    // scipy.stats.t.interval(0.95, 2, 0.982, 0.001 / 3 ** 0.5): 0.979516, 0.984484
    expect(words).toContain(
      'report-cnn classifies 98.20 % of the test images correctly, the mean over 3 seeds (95 % confidence interval, Student’s t [student1908probable]: 97.95 % to 98.45 %).',
    );
  });

  test('compares each two on images and over seeds, and adjusts the p-values', () => {
    const { words, rowsOf, abstract } = comparisonOf(severalRuns());
    expect(rowsOf('paired-results').map((row) => row.slice(2))).toEqual([
      ['27', '1', '0', '2'],
      ['10', '18', '0', '2'],
      ['10', '17', '0', '3'],
    ]);
    // scipy.stats.ttest_rel: 0.0027472, interval 0.008516 to 0.013484; binomtest(0, 18): 7.63e-06, binomtest(0, 17): 1.53e-05;
    // statsmodels: multipletests of all three deciding tests: 0.0027472
    expect(rowsOf('pair-tests').map((row) => row.slice(2))).toEqual([
      ['images', '+3.33', '−7.43 to +13.68', 'g = 0.50', 'p = 1.0000', 'p = 1.0000'],
      ['3 seeds', '+1.10', '+0.85 to +1.35', ' = 11.00', 'p = 0.0027', 'p = 0.0027'],
      ['images', '+60.00', '+37.00 to +75.50', 'g = 0.50', 'p < 0.0001', 'p < 0.0001'],
      ['images', '+56.67', '+33.79 to +72.46', 'g = 0.50', 'p < 0.0001', 'p < 0.0001'],
    ]);
    expect(words).toContain('report-cnn is significantly more accurate at the 5 % level. ');
    expect(words).toContain('Of the first runs of each (seed 1), only report-cnn is correct on 1 images');
    expect(words).toContain('Different networks have no initial weights in common');
    expect(abstract).toContain(
      'the difference is significant (paired t test over 3 seeds, adjusted by Holm’s method: p = 0.0027).',
    );
  });

  test('names no winner where the difference is not significant, and how many seeds would find one', () => {
    const { cnn, mlp } = runs();
    const { words, abstract } = comparisonOf([
      like(cnn, { seed: 1, accuracy: 0.981 }),
      like(cnn, { seed: 2, accuracy: 0.979 }),
      like(mlp, { seed: 1, accuracy: 0.98 }),
      like(mlp, { seed: 2, accuracy: 0.975 }),
    ]);
    expect(words).toContain('these runs do not show that either is better');
    expect(words).not.toContain('more accurate');
    expect(abstract).toContain('the difference is not significant at the 5 % level');
    // statsmodels: TTestPower().solve_power(0.002 / 0.0021213, power=0.8, alpha=0.05) is 10.94
    expect(words).toContain(
      'the differences of the seeds have a standard deviation of 0.21 percentage points. To detect a difference of 0.2 percentage points at the 5 % level (two-sided) with a probability of 80 %, the paired t test needs about 11 seeds of each; this is a rough estimate, since the standard deviation is that of ',
    );
  });

  test('changes with every run', () => {
    const all = severalRuns();
    const before = comparisonOf(all).everything;
    const changed = [...all.keys()].map((index) => {
      const [first, ...rest] = all.map((run, at) =>
        at === index ? { ...run, test: { ...run.test, accuracy: run.test.accuracy - 0.0123 } } : run,
      );
      return comparisonOf([first, ...rest]).everything === before ? index : undefined;
    });
    expect(changed.filter((index) => index !== undefined)).toEqual([]);
    const [first, ...rest] = all;
    const worse = like(runs().mlp, { seed: 1, learningRate: 0.1, accuracy: 0.5, correct: 9 });
    expect(comparisonOf([first, ...rest.slice(0, -1), worse]).everything).not.toBe(before);
  });
});

test('a network with several seeds states how many seeds find a small difference', () => {
  const { cnn } = runs();
  const seeds = [0.981, 0.983, 0.982].map((accuracy, seed) => like(cnn, { seed, accuracy }));
  const { sections } = makeReport([seeds[0], ...seeds.slice(1)]);
  // statsmodels: TTestPower().solve_power(0.002 / (0.001 * 2 ** 0.5), power=0.8, alpha=0.05) is 6.11
  expect(JSON.stringify(sections).replaceAll('\u00a0', ' ')).toContain(
    'needs about 7 seeds of each; this is a rough estimate',
  );
});
