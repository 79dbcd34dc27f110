import { describe, expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { makeReport } from '#inkling/report/content/report.js';
import type { ReportDocument, Text } from '#inkling/report/document.js';
import type { ReportRun } from '#inkling/report/reportRun.js';
import { blocksOf, figuresOf, referenceLabels, textsOf } from '#inkling/report/structure.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

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

/** Makes a run look as if its images had been read from files. */
const real = (run: ReportRun, name = 'mnist'): ReportRun => {
  const { dataset } = run.summary;
  const source = {
    ...dataset.source,
    kind: 'files',
    verified: true,
    sha256: { 'a file': 'its hash' },
  } as const;
  return { ...run, summary: { ...run.summary, dataset: { ...dataset, name, source } } };
};

describe('a report', () => {
  test('has every section, figure and table, with unique labels and ids', () => {
    const { cnn, mlp } = runs();
    const document = makeReport([real(cnn), real(mlp)]);
    expect(document.sections.map(({ title }) => title)).toEqual([
      'Introduction',
      'Data',
      'Method',
      'Training and validation',
      'Results',
      'Comparison of report-cnn and mlp',
      'Comparison with the original report',
      'Discussion',
      'Conclusion',
      'Future work',
    ]);
    expect(figuresOf(document).map(({ id }) => id)).toEqual([
      ...['samples', 'distribution', 'architecture-diagram', 'loss', 'accuracy', 'confusion-counts'],
      ...[
        'confusion-normalized',
        'class-metrics-chart',
        'ranking-curves',
        'reliability',
        'risk-coverage',
        'correct-predictions',
        'errors',
      ],
      ...['explanations-map', 'filters', 'feature-map-input', 'feature-maps-1', 'feature-maps-2'],
      ...['accuracies', 'disagreements'],
    ]);
    const names = [...referenceLabels(document).values()];
    expect(new Set(names).size).toBe(names.length);
    const ids = [
      ...referenceLabels(document).keys(),
      ...figuresOf(document).flatMap(({ gallery = [] }) => gallery.map(({ id }) => id)),
    ];
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z][a-z0-9-]*$/);
  });

  test.each([
    ['predefined', 'are the validation set that the data set defines'],
    ['random', 'were held out for validation, drawn at random with seed 42'],
    ['stratified', 'were held out for validation, drawn at random from each class with seed 42'],
  ] as const)('describes a validation set that is %s', (validationSplit, sentence) => {
    const { cnn } = runs();
    const dataset = { ...cnn.summary.dataset, validationSplit };
    const document = makeReport([{ ...cnn, summary: { ...cnn.summary, dataset } }]);
    expect(JSON.stringify(document)).toContain(sentence);
  });

  test('refers to all of its figures and tables, and to nothing else', () => {
    const { cnn, mlp } = runs();
    for (const document of [makeReport([real(cnn), real(mlp)]), makeReport([cnn]), makeReport([mlp])]) {
      const names = referenceLabels(document);
      const references = new Set(referencesOf(document));
      const numbered = [...names]
        .filter(([, name]) => /^(Figure|Table|Listing)/.test(name))
        .map(([id]) => id);
      expect(numbered.filter((id) => !references.has(id))).toEqual([]);
      expect([...references].filter((id) => !names.has(id))).toEqual([]);
    }
  });

  test('has alternative text for every figure', () => {
    const { cnn, mlp } = runs();
    for (const { altText } of figuresOf(makeReport([cnn, mlp]))) {
      expect(altText.length).toBeGreaterThan(15);
    }
  });

  test('uses the given front matter or a default title', () => {
    const { cnn, mlp } = runs();
    const titles = {
      title: 'T',
      author: ['A', 'B'],
      affiliation: 'F',
      course: 'C',
      institution: 'I',
      date: 'D',
    };
    const { author, ...others } = titles;
    expect(makeReport([cnn], { titles })).toMatchObject({ ...others, authors: author });
    expect(makeReport([real(cnn)])).toMatchObject({
      title: 'Classifying MNIST with a convolutional neural network',
      authors: [],
      date: cnn.summary.startedAt.slice(0, 10),
    });
    expect(makeReport([real(mlp, 'my <set>')]).title).toBe('Classifying my <set> with a neural network');
  });

  test('has no comparison for a single run and no features without convolutions', () => {
    const { mlp } = runs();
    const document = makeReport([mlp]);
    expect(document.sections.map(({ id }) => id)).toEqual([
      'introduction',
      'data',
      'model',
      'training',
      'results',
      'discussion',
      'conclusion',
      'future-work',
    ]);
    expect(document.sections.flatMap(({ subsections }) => subsections.map(({ id }) => id))).not.toContain(
      'features',
    );
  });
});

test('errors that are equally frequent are ties, and so are classes', () => {
  const { cnn } = runs();
  const sentencesOf = (confusion: number[][], f1: number[]) => {
    const perClass = cnn.test.perClass.map((metrics, label) => ({ ...metrics, f1: f1[label] }));
    const document = makeReport([{ ...cnn, test: { ...cnn.test, confusion, perClass } }]);
    return textsOf(document).map(plain).join(' ');
  };
  const one = sentencesOf(
    [
      [9, 3, 0],
      [2, 9, 0],
      [0, 0, 9],
    ],
    [0.7, 0.8, 0.9],
  );
  expect(one).toContain('The most frequent error is class across predicted as class down (3 images).');
  expect(one).toContain('Class across has the lowest F1 score, 70.00\u00a0%.');
  const tied = sentencesOf(
    [
      [9, 3, 0],
      [3, 9, 0],
      [0, 1, 9],
    ],
    [0.7, 0.8, 0.7],
  );
  expect(tied).toContain(
    'The most frequent errors are tied, with 3 images each: class across predicted as class down and class down predicted as class across.',
  );
  expect(tied).toContain('The classes across and blank have the same lowest F1 score, 70.00\u00a0%.');
  const many = sentencesOf(
    [
      [9, 1, 1],
      [1, 9, 1],
      [0, 0, 9],
    ],
    [1, 1, 1],
  );
  expect(many).toContain('class down predicted as class across, and 1 other.');
  expect(
    sentencesOf(
      [
        [9, 0, 0],
        [0, 9, 0],
        [0, 0, 9],
      ],
      [1, 1, 1],
    ),
  ).toContain('No test image was misclassified.');
});

describe('built-in digits', () => {
  test('are mentioned on the first page and in every caption', () => {
    const { cnn, mlp } = runs();
    const document = makeReport([generated(cnn, 'not from /home/me/data'), generated(mlp)]);
    expect(document.notices.map(plain)).toEqual([
      'These results are for the built-in digits, not for MNIST. The images were generated by a program, so the accuracy does not carry over to handwritten digits. They replace the requested data set, which was not found.',
    ]);
    const captions = captionsOf(document);
    expect(captions.length).toBeGreaterThan(20);
    expect(captions.filter((caption) => !caption.endsWith(' Built-in digits, not MNIST.'))).toEqual([]);
  });

  test('are not mentioned if the images are real', () => {
    const { cnn } = runs();
    const document = makeReport([real(cnn)]);
    expect(document.notices).toEqual([]);
    expect(captionsOf(document).filter((caption) => caption.includes('digits'))).toEqual([]);
  });
});

test.each([
  ['files', 'The MNIST images were read from local files.'],
  ['download', 'The MNIST images were downloaded from here.'],
  ['generated', 'The images are synthetic (here); no files were read.'],
] as const)('the source of images of the kind %s is described', (kind, expected) => {
  const run = real(runs().cnn);
  const { dataset } = run.summary;
  const source = { ...dataset.source, kind, location: 'here' };
  const document = makeReport([{ ...run, summary: { ...run.summary, dataset: { ...dataset, source } } }]);
  expect(textsOf(document).map(plain)).toContain(expected);
});

test('test-time augmentation is described with the accuracy', () => {
  const { cnn } = runs();
  const augmented = { ...cnn, config: { ...cnn.config, tta: { flip: true, shift: 1 } } };
  const textOf = (run: ReportRun) =>
    textsOf(makeReport([run]))
      .map(plain)
      .join('\n');
  const sentence = 'Predictions are averaged over 10 views of each image (flip, shift=1).';
  expect(textOf(augmented)).toContain(sentence);
  expect(textOf(cnn)).not.toContain('views');
});

test('an imported run has no training curves', () => {
  const { cnn } = runs();
  const { best, ...summary } = cnn.summary;
  expect(best).toBeDefined();
  const document = makeReport([{ ...cnn, summary: { ...summary, stopReason: 'imported', epochs: [] } }]);
  expect(figuresOf(document).map(({ id }) => id)).not.toContain('loss');
  expect(document.notices.map(plain)).toContain(
    'The weights of this run were trained elsewhere and imported; only the evaluation was done here.',
  );
});

test('a record without training accuracies shows the validation accuracies', () => {
  const { cnn } = runs();
  const epochs = cnn.summary.epochs.map((epoch) => ({ ...epoch, trainAccuracy: undefined }));
  const altTextOf = (run: ReportRun) =>
    figuresOf(makeReport([run])).find(({ id }) => id === 'accuracy')?.altText;
  expect(altTextOf(cnn)).toMatch(/values: training [\d.]+ %, validation [\d.]+ %\.$/);
  expect(altTextOf({ ...cnn, summary: { ...cnn.summary, epochs } })).toMatch(
    /epochs; final values: validation [\d.]+ %\.$/,
  );
});

test('runs that differ only in their seeds are repetitions, not a comparison', () => {
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
  expect(document.metadata.find(({ label }) => label === 'Seeds')?.value).toEqual(['3, 9']);
  const seeds = blocksOf(document).find((block) => block.type === 'table' && block.id === 'seeds');
  expect(seeds).toMatchObject({
    rows: [[['3']], [['9']]].map((row) => expect.arrayContaining(row) as unknown),
  });

  const slower = { ...second, config: { ...second.config, learningRate: 0.5 } };
  expect(makeReport([cnn, slower]).sections.map(({ title }) => title)).toContain(
    `Comparison of ${cnn.name} and second`,
  );
});

test('runs on different data sets or test images are rejected', () => {
  const { cnn, mlp } = runs();
  expect(() => makeReport([cnn, real(mlp)])).toThrow(
    new UsageError(
      'report: expected runs on the same data set, got stripes, mnist; create a separate report for each data set',
    ),
  );
  const other = {
    ...mlp,
    predictionRecord: { ...mlp.predictionRecord, labels: mlp.predictionRecord.labels.slice(1) },
  };
  expect(() => makeReport([cnn, other])).toThrow(
    new UsageError(
      'report: expected runs tested on the same images, got different test labels in report-cnn-stripes-1 and mlp-stripes-1; create a separate report for each',
    ),
  );
});
