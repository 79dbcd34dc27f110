import { describe, expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { makeReport } from '#inkling/report/content/report.js';
import { type Block, figuresOf, namesOf, type ReportDocument, type Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/runs.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

const blocksOf = ({ sections }: ReportDocument): Block[] =>
  sections.flatMap(({ blocks, subsections }) => [...blocks, ...subsections.flatMap((each) => each.blocks)]);

/** All running text of a report. */
function textsOf(document: ReportDocument): Text[] {
  const ofBlock = (block: Block): Text[] => {
    switch (block.type) {
      case 'paragraph':
        return [block.text];
      case 'list':
        return [...block.items];
      case 'table':
        return [block.caption, ...block.rows.flat()];
      case 'figure':
        return [block.caption];
      case 'displayedFormula':
        return [];
    }
  };
  const { notices, abstract, facts } = document;
  return [...notices, abstract, ...facts.map(({ value }) => value), ...blocksOf(document).flatMap(ofBlock)];
}

const referencesOf = (document: ReportDocument): string[] =>
  textsOf(document)
    .flat()
    .flatMap((part) => (typeof part !== 'string' && part.type === 'reference' ? [part.id] : []));

const plain = (text: Text): string =>
  text.map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '')).join('');

const captionsOf = (document: ReportDocument): string[] =>
  blocksOf(document).flatMap((block) =>
    block.type === 'figure' || block.type === 'table' ? [plain(block.caption)] : [],
  );

const generated = (run: ReportRun, note?: string): ReportRun => ({
  ...run,
  summary: {
    ...run.summary,
    dataset: {
      ...run.summary.dataset,
      source: { ...run.summary.dataset.source, kind: 'generated' },
      ...(note === undefined ? {} : { note }),
    },
  },
});

/** As if the images had been read from files. */
const real = (run: ReportRun, name = 'mnist'): ReportRun => {
  const { dataset } = run.summary;
  const source = { ...dataset.source, kind: 'files', sha256: { 'a file': 'its hash' } } as const;
  return { ...run, summary: { ...run.summary, dataset: { ...dataset, name, source } } };
};

describe('a report', () => {
  test('has every section, figure and table, each under a name of its own', () => {
    const { cnn, mlp } = runs();
    const document = makeReport([real(cnn), real(mlp)]);
    expect(document.sections.map(({ title }) => title)).toEqual([
      'Data',
      'Model',
      'Training',
      'Results',
      'report-cnn against mlp',
      'Claimed against measured',
      'What was left for later',
    ]);
    expect(figuresOf(document).map(({ id }) => id)).toEqual([
      ...['samples', 'distribution', 'layers', 'loss', 'accuracy', 'confusion-counts', 'confusion-shares'],
      ...['class-metrics', 'predictions', 'mistakes', 'filters', 'map-input', 'maps-1', 'maps-2'],
      ...['accuracies', 'disagreements'],
    ]);
    const names = [...namesOf(document).values()];
    expect(new Set(names).size).toBe(names.length);
    const ids = [
      ...namesOf(document).keys(),
      ...figuresOf(document).flatMap(({ gallery = [] }) => gallery.map(({ id }) => id)),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  test('refers to each of its figures and tables, and to nothing else', () => {
    const { cnn, mlp } = runs();
    for (const document of [makeReport([real(cnn), real(mlp)]), makeReport([cnn]), makeReport([mlp])]) {
      const names = namesOf(document);
      const references = new Set(referencesOf(document));
      const numbered = [...names].filter(([, name]) => !name.startsWith('Section')).map(([id]) => id);
      expect(numbered.filter((id) => !references.has(id))).toEqual([]);
      expect([...references].filter((id) => !names.has(id))).toEqual([]);
    }
  });

  test('says what every figure shows in words', () => {
    const { cnn, mlp } = runs();
    for (const { alternative } of figuresOf(makeReport([cnn, mlp]))) {
      expect(alternative.length).toBeGreaterThan(15);
    }
  });

  test('is called what it is told to be, and else by itself', () => {
    const { cnn, mlp } = runs();
    const titles = { title: 'T', author: 'A', affiliation: 'F' };
    expect(makeReport([cnn], titles)).toMatchObject(titles);
    expect(makeReport([real(cnn)])).toMatchObject({
      title: 'Classifying MNIST with a convolutional neural network',
      author: undefined,
      date: cnn.summary.startedAt.slice(0, 10),
    });
    expect(makeReport([real(mlp, 'my <set>')]).title).toBe('Classifying my <set> with a neural network');
  });

  test('of one run compares nothing, and of no convolutions looks into none', () => {
    const { mlp } = runs();
    const document = makeReport([mlp]);
    expect(document.sections.map(({ id }) => id)).toEqual(['data', 'model', 'training', 'results', 'later']);
    expect(document.sections.flatMap(({ subsections }) => subsections.map(({ id }) => id))).not.toContain(
      'insight',
    );
  });
});

describe('built-in digits', () => {
  test('are named on the first page and in every caption', () => {
    const { cnn, mlp } = runs();
    const document = makeReport([generated(cnn, 'not from /home/me/data'), generated(mlp)]);
    expect(document.notices.map(plain)).toEqual([
      'These are results on built-in digits, not on MNIST. The images were drawn by a program; what a network reaches on them says nothing about handwriting of people. They stand in for the data set that was asked for, which could be had nowhere.',
    ]);
    const captions = captionsOf(document);
    expect(captions.length).toBeGreaterThan(20);
    expect(captions.filter((caption) => !caption.endsWith(' Built-in digits, not MNIST.'))).toEqual([]);
  });

  test('are not where the images are real', () => {
    const { cnn } = runs();
    const document = makeReport([real(cnn)]);
    expect(document.notices).toEqual([]);
    expect(captionsOf(document).filter((caption) => caption.includes('digits'))).toEqual([]);
  });
});

test.each([
  ['files', 'The images of MNIST were read from files of this machine.'],
  ['download', 'The images of MNIST were downloaded from here.'],
  ['generated', 'The images were drawn by a program, here; no file was read.'],
] as const)('images of the kind %s say where they are from', (kind, said) => {
  const run = real(runs().cnn);
  const { dataset } = run.summary;
  const source = { ...dataset.source, kind, location: 'here' };
  const document = makeReport([{ ...run, summary: { ...run.summary, dataset: { ...dataset, source } } }]);
  expect(textsOf(document).map(plain)).toContain(said);
});

test('an imported run tells of no training', () => {
  const { cnn } = runs();
  const { best, ...summary } = cnn.summary;
  expect(best).toBeDefined();
  const document = makeReport([{ ...cnn, summary: { ...summary, stopReason: 'imported', epochs: [] } }]);
  expect(figuresOf(document).map(({ id }) => id)).not.toContain('loss');
  expect(document.notices.map(plain)).toContain(
    'The weights of this run were trained elsewhere and imported; they were tested here.',
  );
});

test('a record that lacks the training accuracies shows those of validation', () => {
  const { cnn } = runs();
  const epochs = cnn.summary.epochs.map((epoch) => ({ ...epoch, trainAccuracy: undefined }));
  const alternativeOf = (run: ReportRun) =>
    figuresOf(makeReport([run])).find(({ id }) => id === 'accuracy')?.alternative;
  expect(alternativeOf(cnn)).toMatch(/: training ends at [\d.]+ %, validation ends at [\d.]+ %\.$/);
  expect(alternativeOf({ ...cnn, summary: { ...cnn.summary, epochs } })).toMatch(
    /epochs: validation ends at [\d.]+ %\.$/,
  );
});

test('runs that differ in their seeds only are one training, several times', () => {
  const { cnn } = runs();
  const second = {
    ...cnn,
    name: 'second',
    config: { ...cnn.config, seed: 9 },
    summary: { ...cnn.summary, seed: 9 },
    test: { ...cnn.test, accuracy: cnn.test.accuracy - 0.02 },
  };
  const document = makeReport([cnn, second]);
  expect(document.sections.map(({ id }) => id)).not.toContain('comparison');
  expect(document.facts.find(({ label }) => label === 'Seeds')?.value).toEqual(['3, 9']);
  const seeds = blocksOf(document).find((block) => block.type === 'table' && block.id === 'seeds');
  expect(seeds).toMatchObject({
    rows: [[['3']], [['9']]].map((row) => expect.arrayContaining(row) as unknown),
  });

  const slower = { ...second, config: { ...second.config, learningRate: 0.5 } };
  expect(makeReport([cnn, slower]).sections.map(({ title }) => title)).toContain(
    `${cnn.name} against second`,
  );
});

test('runs of different data, or tested on different images, are refused', () => {
  const { cnn, mlp } = runs();
  expect(() => makeReport([cnn, real(mlp)])).toThrow(
    new UsageError(
      'report: expected runs of one data set, got runs of stripes, mnist; make a report of each',
    ),
  );
  const other = { ...mlp, evidence: { ...mlp.evidence, labels: mlp.evidence.labels.slice(1) } };
  expect(() => makeReport([cnn, other])).toThrow(
    new UsageError(
      'report: mlp-stripes-1 was tested on other images than report-cnn-stripes-1; make a report of each',
    ),
  );
});
