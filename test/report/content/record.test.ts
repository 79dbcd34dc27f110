import { describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import type { Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/runs.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

/** Parts of a record that no report shows. */
const NOT_SHOWN = [
  /^config\.(dataset|runDir|model|seed|threads|momentum|stepEpochs|stepFactor|skipUnreadable)$/,
  /^summary\.(dataset\.name|seed|stopReason|environment\.simd)$/,
  /^summary\.epochs\.\d+\.(epoch|seconds|imagesPerSecond|learningRate)$/,
  // Of three words, for tests of their own.
  /^summary\.dataset\.source\.kind$/,
  // The model's own shape and names of classes are shown.
  /^summary\.dataset\.classes\.\d+$/,
  /^summary\.test\./,
  // For answers to new pictures.
  /^summary\.calibration\./,
];

/** Names the leaves of an object, as paths. */
function leavesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

/** A copy in which the leaf at a path is another number, text or truth. */
function changed(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (typeof value === 'object' && value !== null) {
    const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
    Object.assign(copy, { [key]: changed(Object.entries(value).find(([name]) => name === key)?.[1], rest) });
    return copy;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? value + 1 : value + 1.37;
  return typeof value === 'boolean' ? !value : `x${String(value)}`;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => Object.entries(inner as object).find(([name]) => name === key)?.[1],
    value,
  );
}

const said = (main: ReportRun, other: ReportRun) => JSON.stringify(makeReport([main, other]));

test('every number and word of a record changes the report', () => {
  const { cnn: trained, mlp } = runs();
  const { dataset } = trained.summary;
  const source = { ...dataset.source, kind: 'download', sha256: { file: 'hash' } } as const;
  const cnn: ReportRun = {
    ...trained,
    summary: { ...trained.summary, dataset: { ...dataset, source } },
    // Fewer pictures, to be quick.
    evidence: { ...trained.evidence, samples: [], answers: trained.evidence.answers.slice(0, 1) },
  };
  const before = said(cnn, mlp);
  const { config, summary, test: metrics } = cnn;
  const paths = [
    ...leavesOf({ config, summary, test: metrics }),
    ...leavesOf({ evidence: { classCounts: cnn.evidence.classCounts } }),
  ].filter((path) => !NOT_SHOWN.some((pattern) => pattern.test(path.join('.'))));
  expect(paths.length).toBeGreaterThan(70);
  const unmoved = paths.filter((path) => {
    const other = changed(cnn, path) as ReportRun;
    return said(other, mlp) === before;
  });
  expect(unmoved.map((path) => path.join('.'))).toEqual([]);
});

/** Numbers that a text may hold whatever the record says: confidence, the range of a byte and of a pixel. */
const CONSTANT = ['95', '255', '0', '1'];

/**
 * The numbers of every paragraph, caption and cell, by where it is. Left out is what is told of the model, whose record is
 * its list of layers, and how many classes there are.
 */
function numbersOf(run: ReportRun): Map<string, string[]> {
  const { abstract, sections } = makeReport([run]);
  const blocks = sections
    .filter(({ id }) => !['model', 'claims', 'later'].includes(id))
    .flatMap((section) => [...section.blocks, ...section.subsections.flatMap((each) => each.blocks)]);
  const texts = blocks.flatMap((block): Text[] => {
    if (block.type === 'paragraph') return [block.text];
    if (block.type === 'figure') return block.id.startsWith('maps') ? [] : [block.caption];
    if (block.type !== 'table') return [];
    const rows = block.id === 'parts' ? block.rows.slice(0, -1) : block.rows;
    return [block.caption, ...rows.flat()];
  });
  return new Map(
    [abstract, ...texts].map((text, place) => {
      const words = text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : ''));
      const numbers = words.join('').match(/\d+([,.:]\d+)*/g) ?? [];
      return [String(place), numbers];
    }),
  );
}

test('no number stays when the whole record changes', () => {
  const { cnn } = runs();
  const { evidence, summary } = cnn;
  const isNumber = (path: readonly string[]) => typeof valueAt(cnn, path) === 'number';
  const paths = leavesOf({ config: cnn.config, summary, test: cnn.test }).filter(isNumber);
  const firstRight = evidence.labels.findIndex((label, image) => evidence.predictions[image] === label);
  const other = paths.reduce<unknown>(changed, cnn) as ReportRun;
  const [before, after] = [
    cnn,
    {
      ...other,
      summary: {
        ...other.summary,
        epochs: [...other.summary.epochs, ...other.summary.epochs],
        environment: { ...other.summary.environment, platform: 'none', node: 'none', cpu: 'none' },
      },
      evidence: {
        ...evidence,
        classCounts: { ...evidence.classCounts, train: evidence.classCounts.train.map((count) => count + 1) },
        predictions: evidence.predictions.map((answer, image) =>
          image === firstRight ? (answer + 1) % 3 : answer,
        ),
      },
    },
  ].map(numbersOf);
  expect(before.size).toBeGreaterThan(50);
  const kept = [...before].filter(([place, numbers]) =>
    numbers.some((number, i) => !CONSTANT.includes(number) && after.get(place)?.[i] === number),
  );
  expect(kept).toEqual([]);
});

describe('what a report says of a record', () => {
  const sayings: [what: string, change: (run: ReportRun) => ReportRun, said: string][] = [
    [
      'the test accuracy',
      ({ test, ...run }) => ({ ...run, test: { ...test, accuracy: 0.87654 } }),
      '87.65 %',
    ],
    [
      'its interval',
      ({ test, ...run }) => ({ ...run, test: { ...test, correct: 9_874, total: 10_000 } }),
      // 0.9874 of 10,000: Wilson's limits, worked out apart.
      '98.50\u00a0% to 98.94\u00a0%',
    ],
    [
      'the size of the parts',
      ({ summary, ...run }) => ({
        ...run,
        summary: { ...summary, dataset: { ...summary.dataset, train: 54_321 } },
      }),
      '54,321',
    ],
    [
      'the machine',
      ({ summary, ...run }) => ({
        ...run,
        summary: { ...summary, environment: { ...summary.environment, cpu: 'Abacus' } },
      }),
      'Abacus',
    ],
    ['the settings', ({ config, ...run }) => ({ ...run, config: { ...config, batchSize: 4_321 } }), '4321'],
  ];
  test.each(sayings)('%s', (_what, change, expected) => {
    const { cnn, mlp } = runs();
    const written = (run: ReportRun) => said(run, mlp).replaceAll('\u00a0', ' ');
    expect(written(cnn)).not.toContain(expected.replaceAll('\u00a0', ' '));
    expect(written(change(cnn))).toContain(expected.replaceAll('\u00a0', ' '));
  });
});

test('the predictions of both runs decide what is said of their difference', () => {
  const { cnn, mlp } = runs();
  const { labels } = cnn.evidence;
  const right = { ...cnn, evidence: { ...cnn.evidence, predictions: labels } };
  const wrong = {
    ...mlp,
    evidence: { ...mlp.evidence, predictions: labels.map((label) => (label + 1) % 3) },
  };
  const section = makeReport([right, wrong]).sections.find(({ id }) => id === 'comparison');
  const table = section?.blocks.find((block) => block.type === 'table' && block.id === 'agreement');
  expect(table).toMatchObject({
    rows: [
      [['both'], ['0']],
      [[{ text: 'report-cnn' }, ' only'], ['30']],
      [[{ text: 'mlp' }, ' only'], ['0']],
      [['neither'], ['0']],
    ],
  });
});
