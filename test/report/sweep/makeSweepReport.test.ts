import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { UnsupportedError } from '#inkling/core/errors.js';
import type { ReportDocument } from '#inkling/report/document.js';
import { figuresOf } from '#inkling/report/structure.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { makeSweepReport } from '#inkling/report/sweep/makeSweepReport.js';
import { readReportSweep } from '#inkling/report/sweep/readReportSweep.js';
import { renderSweepReport as renderInBrowser } from '#inkling/report/sweep/renderSweepReport.browser.js';
import { trialsCsv } from '#inkling/report/sweep/trialsCsv.js';
import { temporaryFolder } from '../../data/tinySet.js';
import { textOf as chartTextOf } from '../../helpers/charts.js';
import { run, sharedFolder } from '../../helpers/run.js';
import { type JournaledSweep, writeJournal } from '../../sweep/journal/writeJournal.js';

const space = {
  epochs: 3,
  optimizer: { choice: ['adam', 'sgd'] },
  momentum: { float: [0.5, 0.95], when: { optimizer: ['sgd'] } },
  learningRate: { float: [0.0001, 0.1], log: true },
  batchSize: { int: [32, 128], step: 32 },
  'model.width': { choice: [16, 32] },
};

const adam = { optimizer: 'adam', learningRate: 0.001, batchSize: 64, 'model.width': 16 };
const sgd = { optimizer: 'sgd', momentum: 0.9, learningRate: 0.05, batchSize: 32, 'model.width': 32 };

const sweep: JournaledSweep = {
  space,
  trials: [
    { params: adam, values: [0.6, 0.7, 0.8], state: 'complete' },
    { params: sgd, values: [0.7, 0.9, 0.85], state: 'complete' },
    { params: { ...sgd, momentum: 0.55 }, values: [0.1], state: 'pruned' },
    { params: adam, state: 'failed', error: 'the loss is NaN' },
  ],
  test: { trial: 1, accuracy: 0.8, loss: 0.4321 },
};

/** A folder with the run of a trial, whose summary states the data set: 10 validation images and 30 test images. */
const folder = sharedFolder();
beforeAll(async () => {
  await run(folder, { name: 'trial-0' });
});

function reportOn(changes: Partial<JournaledSweep> = {}) {
  writeJournal(folder, { ...sweep, ...changes });
  return readReportSweep(folder);
}

/** All text of a report, with references left out. */
function textOf(document: ReportDocument): string {
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, inner]) =>
      ['graphic', 'type', 'id'].includes(key) ? [] : strings(inner),
    );
  };
  return strings(document).join('').replaceAll('\u00a0', ' ');
}

const reportText = (changes: Partial<JournaledSweep> = {}) => textOf(makeSweepReport(reportOn(changes)));

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the report of a sweep', () => {
  test('states the search, the best trial, and what its selection means', () => {
    const text = reportText();
    expect(text).toContain('The sweep was to have 4 trials');
    expect(text).toContain('90 for training and 10 for validation');
    expect(text).toContain('0.0001 to 0.1, logarithmic');
    expect(text).toContain('32 to 128, in steps of 32');
    expect(text).toContain('optimizer is sgd');
    expect(text).toContain('Of 2 complete trials, trial 1 has the best validation accuracy, ');
    expect(text).toContain('the best of 2 results is partly the luckiest');
    expect(text).toContain('the loss is NaN (1 trial)');
    expect(text).toContain('trains a run with them');
    // statsmodels.stats.proportion.proportion_confint(9, 10, method='wilson') and (24, 30)
    expect(text).toContain('the 95 % confidence interval of an accuracy of 90.00 % is 59.58 % to 98.21 %');
    expect(text).toContain('1 other complete trial lies within it');
    expect(text).toContain('it classifies 24 of 30 correctly, an accuracy of ');
    expect(text).toContain('95 % confidence interval: 62.69 % to 90.49 %, Wilson score');
    expect(text).toContain('mean cross-entropy loss is 0.4321');
  });

  test.each<[string, Partial<JournaledSweep>, string]>([
    ['test accuracy', { test: { trial: 1, accuracy: 0.9, loss: 0.4 } }, '27 of 30 correctly'],
    ['test loss', { test: { trial: 1, accuracy: 0.8, loss: 0.5 } }, 'loss is 0.5000'],
    ['number of trials', { target: 9 }, 'the first 4 trials of 9'],
    ['fixed settings', { space: { ...space, epochs: 7 } }, 'epochs7'],
    [
      'validation',
      {
        trials: [{ params: adam, values: [0.77], state: 'complete' }],
        test: { trial: 0, accuracy: 0.5, loss: 1 },
      },
      'trial 0 has the best validation accuracy, 77.00 %',
    ],
    [
      'settings',
      { trials: [{ params: { ...adam, learningRate: 0.0321 }, values: [0.7], state: 'complete' }] },
      '0.0321',
    ],
    [
      'error',
      { trials: [...sweep.trials, { params: adam, state: 'failed', error: 'no memory' }] },
      'no memory',
    ],
  ])('changes with the %s', (_what, change, expected) => {
    expect(reportText()).not.toContain(expected);
    expect(reportText(change)).toContain(expected);
  });

  test('says that a best trial has not been scored, or that there is none', () => {
    const pruned = { params: adam, values: [0.3], state: 'pruned' } as const;
    const [complete] = sweep.trials;
    const unscored = { ...sweep, trials: [complete, pruned] };
    writeJournal(folder, { space, trials: unscored.trials });
    expect(textOf(makeSweepReport(readReportSweep(folder)))).toContain(
      'has not been scored on the test images yet',
    );
    writeJournal(folder, { space, trials: [pruned] });
    const text = textOf(makeSweepReport(readReportSweep(folder)));
    expect(text).toContain('No trial was trained to its end');
    expect(text).not.toContain('inkling train --config');
  });

  test('draws every figure of few trials, with conditional settings, without warnings', async () => {
    const warn = vi.spyOn(console, 'warn');
    const document = makeSweepReport(reportOn());
    expect(figuresOf(document).map(({ id }) => id)).toEqual([
      'history',
      'learning-curves',
      'parallel',
      'slices',
    ]);
    const drawings = await drawFigures(document);
    for (const { svg } of drawings.values()) expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(warn).not.toHaveBeenCalled();
    const history = chartTextOf(drawings.get('history')?.svg ?? '');
    expect(history.marks).toEqual([
      'trial 0: 80.00 % after 3 epochs, complete',
      'trial 1: 90.00 % after 3 epochs, complete',
      'trial 2: 10.00 % after 1 epoch, pruned',
      'trial 3: 0 epochs, failed',
    ]);
    const slices = chartTextOf(drawings.get('slices')?.svg ?? '');
    expect(slices.labels).toEqual(
      expect.arrayContaining(['0.0001', '0.001', '0.01', '0.1', 'adam', 'sgd', '40']),
    );
    // Three trials with a result and four settings, and two trials with a momentum.
    expect(slices.marks).toHaveLength(14);
    expect(chartTextOf(drawings.get('parallel')?.svg ?? '').labels).toContain('not set');
  });

  test('shows the importance and the interaction of settings of more trials, and the best 20 of them', async () => {
    const trials = Array.from({ length: 40 }, (_, number) => ({
      params: { ...sgd, learningRate: 0.0001 * 1.18 ** number, momentum: 0.5 + 0.01 * ((number * 7) % 40) },
      values: [0.5, 0.5 + 0.4 * Math.sin(number / 13)],
      state: 'complete' as const,
    }));
    const report = reportOn({ trials, test: { trial: 20, accuracy: 0.8, loss: 0.4 } });
    const document = makeSweepReport(report);
    expect(figuresOf(document).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['importance', 'contour']),
    );
    const drawings = await drawFigures(document);
    expect(drawings.get('contour')?.svg).not.toMatch(/NaN|undefined|Infinity/);
    const tables = document.sections.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'table'));
    const listed = tables.find((table) => 'id' in table && table.id === 'trial-table');
    expect(listed).toMatchObject({ rows: { length: 20 } });
    expect(trialsCsv(report).split('\n')).toHaveLength(42);
  });

  test('ranks trials by the loss', () => {
    writeJournal(folder, { ...sweep, direction: 'minimize', test: { trial: 0, accuracy: 0.8, loss: 0.4 } });
    const text = textOf(makeSweepReport(readReportSweep(folder)));
    expect(text).toContain('trial 0 has the best validation loss, 0.6000');
  });

  test('has a table with all trials', () => {
    expect(trialsCsv(reportOn()).split('\n').slice(0, 3)).toEqual([
      'trial,state,validation,epochs,run,error,optimizer,momentum,learningRate,batchSize,model.width',
      '0,complete,0.8,3,trial-0-1,,adam,,0.001,64,16',
      '1,complete,0.9,3,trial-1-1,,sgd,0.9,0.05,32,32',
    ]);
  });

  test('lists the finalists with their means, and states whether one is the winner', () => {
    const seedRun = (trial: number, seed: number, value: number) => ({
      trial,
      seed,
      value,
      run: `t${trial}-${seed}`,
    });
    const finals = (values: readonly (readonly number[])[]) => ({
      seeds: [1, 2, 3],
      seedRuns: values.flatMap((each, trial) => each.map((value, index) => seedRun(trial, index + 1, value))),
    });
    const close = finals([
      [0.98, 1, 0.99],
      [0.97, 0.98, 0.99],
    ]);
    const text = reportText({ ...close, test: { trial: 0, accuracy: 0.8, loss: 0.4 } });
    expect(text).toContain(
      'were trained again with other seeds, and the one with the best mean was selected: trial 0',
    );
    expect(text).toContain('The conclusion from ');
    expect(text).toContain(
      'no winner between trial 0 and trial 1: of 4 trials, trial 0 is the best on average',
    );
    const document = makeSweepReport(reportOn(close));
    const tables = document.sections.flatMap(({ blocks }) => blocks);
    expect(tables.find((block) => 'id' in block && block.id === 'finalists')).toMatchObject({
      rows: [
        // scipy.stats.t.interval(0.95, 2, loc=0.99, scale=0.01 / 3 ** 0.5): 0.96516, 1.01484
        [['0'], ['3'], ['99.00\u00a0%'], ['96.52\u00a0% to 100.00\u00a0%'], ['0']],
        [['1'], ['3'], ['98.00\u00a0%'], ['95.52\u00a0% to 100.00\u00a0%'], ['0']],
      ],
    });
    const clear = finals([
      [0.8, 0.81, 0.82],
      [0.91, 0.93, 0.92],
    ]);
    expect(reportText(clear)).toContain('trial 1 is the best of 4 trials');
    // Trials that have not been trained with all seeds are not ranked by them.
    expect(reportText({ ...close, seedRuns: close.seedRuns.slice(1) })).not.toContain('The conclusion from ');
  });

  test('needs a trial that has ended', () => {
    const empty = join(temporaryFolder(), 'sweep');
    writeJournal(empty, { space, trials: [{ params: adam }] });
    expect(() => readReportSweep(empty)).toThrow(
      `sweep "${empty}": expected at least one trial that has ended, with its run folder, got none that has ended; wait for a trial to end`,
    );
  });

  test('is not available in browsers', async () => {
    await expect(renderInBrowser('x')).rejects.toThrow(UnsupportedError);
  });
});
