import { describe, expect, test } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import * as inkling from '#inkling/index.js';
import * as node from '#inkling/node.js';
import * as report from '#inkling/report/index.js';

/** Programs in JavaScript may pass anything, and read the error: it must say what was expected, and be theirs by its code. */
type Call = (...values: unknown[]) => unknown;

const dataset = inkling.generateDigits({ seed: 0, train: 10, test: 10 });
const model = inkling.preset('mlp', { input: dataset.shape, classes: dataset.classes.length });
const saved = { model, weights: new Map(), classes: dataset.classes, dataset: 'digits', batches: 0 };
const config = inkling.parseConfig({});
const run = { folder: 'runs/mlp-1', config, summary: {} };
const sweep = { trials: [], direction: 'maximize', definition: {}, space: {} };
const trained = { name: 'mlp', saved };
const options = Symbol('options');
const someOptions = Symbol('options that can be left out');
const someValue = Symbol('a value that can be left out');
const files = [{ file: 'a.png' }];
const bytes = new Uint8Array(8);

/** Arguments that pass the checks of each function; those after the first wrong one are not used. */
const ARGUMENTS: Readonly<Record<string, readonly unknown[]>> = {
  allButHead: [inkling.resolveModel(model)],
  assessDoubt: [{ logits: bytes, pixels: bytes, shape: [] }],
  auditDataset: [dataset, someOptions],
  backboneFor: [saved, dataset],
  calibrateModel: [saved, dataset, someOptions],
  calibrationNotice: [someValue],
  chanceToReach: [0.9, { count: 2, mean: 0.9, standardDeviation: 0.1 }],
  classBalance: [[1, 2]],
  compareModels: [[saved], dataset, someOptions],
  comparePredictions: [[1], [1], [1]],
  confidentLearning: [options],
  correctedResampledTest: [[0.9, 0.8], [0.8, 0.8], options],
  countParameters: [model],
  createDataset: [[], options],
  decodeCheckpoint: [bytes],
  decodeIdx: [bytes, bytes],
  decodeOnnx: [bytes, someOptions],
  decodeWeights: [bytes, options],
  describeSample: [[0.9, 0.8]],
  describeTrainingStep: [model, someOptions],
  detailedMetrics: [[0.9, 0.1], [0], someOptions],
  encodeCheckpoint: [saved],
  encodeOnnx: [saved, someOptions],
  encodeTorch: [saved, someOptions],
  evaluate: [saved, dataset, someOptions],
  evaluateInDetail: [saved, dataset, someOptions],
  fit: [options],
  generateDigits: [options],
  imageOf: [dataset, 'train', 0],
  labelErrorsCsv: [dataset, [{ image: 0, label: 0, suggested: 1 }]],
  learningCurve: [[{ images: 100, correct: 9, total: 10 }]],
  loadClassifier: ['digits.safetensors', someOptions],
  mcNemarExact: [1, 2],
  parseConfig: [options],
  photoBackbone: [saved, 128],
  predictionInterval: [{ count: 2, mean: 0.9, standardDeviation: 0.1 }],
  predictionsOf: [{ pixels: bytes, concerns: [] }, { logits: bytes, activations: new Map() }, saved, 2],
  prepareImage: [{ pixels: new Uint8Array(784), shape: [28, 28, 1] }, options],
  preset: ['mlp', options],
  previewAugmentation: [dataset, options],
  provideKernels: [{}, 'simd'],
  recipe: ['best'],
  residual: [{ layers: [] }],
  resolveModel: [model],
  squeezeExcitation: [{ layers: [] }],
  summarize: [inkling.resolveModel(model)],
  verifyRun: ['runs/mlp-1', dataset, someOptions],
  wilsonInterval: [1, 2],
  writeCompanions: [['runs/mlp-1'], 'out', someOptions],
  assertSameTestImages: [run, dataset],
  bestTrial: [[], 'maximize'],
  bullQueue: [{ folder: 'runs/sweep-1', dataset, command: 'test' }, options],
  checkParity: [[{ record: {} }], dataset, someOptions],
  compareRuns: [[run], dataset, someOptions],
  concludeSweep: [sweep],
  createSweep: [{ spaceFor: () => ({}), target: 1, config }, dataset],
  datasetOf: [run],
  embedTestImages: [saved, dataset, someOptions],
  evaluateRun: ['runs/mlp-1', dataset, someOptions],
  evaluateRunInDetail: ['runs/mlp-1', dataset, someOptions],
  explainFiles: [trained, files, someOptions],
  exportModel: [saved, options],
  finalistsOf: [sweep],
  findLabelErrors: [dataset, someOptions],
  findImageFiles: [['photos']],
  importRun: ['model.onnx', config, dataset, options],
  isBroken: [run],
  kaggleCsv: [[{ class: '1' }]],
  listRuns: ['runs'],
  listSweeps: ['runs'],
  loadBackbone: [options],
  loadDataset: [options],
  measureRobustness: [saved, dataset, someOptions],
  parameterImportance: [sweep],
  planSweep: [options],
  predictFiles: [trained, files, someOptions],
  predictTable: [trained, 'test.csv'],
  predictionsCsv: [files],
  readConfig: ['runs/mlp-1/config.json'],
  readFinishedRun: ['runs/mlp-1'],
  readMeasurement: ['runs/mlp-1', 'robustness'],
  readReportRecords: ['records'],
  readResumePoint: ['runs/mlp-1'],
  readRun: ['runs/mlp-1'],
  readSavedModel: ['runs/mlp-1'],
  readSweep: ['runs/sweep-1'],
  readTrainedModel: ['runs/mlp-1'],
  resolveSweepFolder: ['sweep-1', 'runs'],
  resumeRun: [{ state: {}, history: {} }, dataset, options],
  runSweep: ['runs/sweep-1', dataset, options],
  saveClassifier: [saved, 'digits.safetensors'],
  saveMeasurement: ['runs/mlp-1', 'robustness', {}],
  selectedTrial: [sweep],
  startServer: [trained, options],
  startingConfig: [options],
  stateOfRun: [run],
  stateOfSweep: [sweep],
  stopTrial: ['runs/sweep-1', 0],
  outOfFoldCsv: [dataset, [{ labelProbability: 1 }]],
  summarizeFolds: [[run], dataset, someOptions],
  summarizeSeeds: [[run]],
  sweepData: [sweep],
  trainFolds: [config, dataset, options],
  trainRun: [config, dataset, options],
  trainRuns: [[{ name: 'seed-0', config }], dataset, options],
  trainSeeds: [config, [0], dataset, options],
  workOnTrials: [options],
  renderReport: [['runs/mlp-1'], someOptions],
  renderSweepReport: ['runs/sweep-1', someOptions],
  writeAugmentationSheet: [dataset, options],
  writeContactSheet: [dataset, 'sheet.png'],
  writeLabelErrorSheet: [dataset, [{ image: 0, label: 0, suggested: 1 }], 'sheet.png'],
  writeReport: [['runs/mlp-1'], 'report', someOptions],
  writeSweepReport: ['runs/sweep-1', someValue, someOptions],
};

/** Functions that take anything as their first argument, or none, and say themselves what is wrong. */
const OTHERS = ['findOnnxRuntime', 'modelFrom', 'resolveTrainedModel'];

const functions = Object.entries({ ...inkling, ...node, ...report }).filter(
  ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && !('definition' in value),
) as [string, Call][];

test('the arguments of every function are checked', () => {
  expect(functions.map(([name]) => name).sort()).toEqual([...Object.keys(ARGUMENTS), ...OTHERS].sort());
});

function wrongValuesFor(value: unknown): readonly unknown[] {
  if (value === options) return [undefined, null, 3, 'fast', { optoin: 1 }];
  if (value === someOptions) return [null, 3, 'fast', { optoin: 1 }];
  if (value === someValue) return [null, 3, '', {}];
  // A number and a text that are no index and no name of anything.
  if (typeof value === 'number') return [undefined, null, NaN, '1', {}];
  return [undefined, null, 3, '', {}];
}

const cases = functions
  .filter(([name]) => !OTHERS.includes(name))
  .map(([name, call]) => ({ name, call, right: ARGUMENTS[name] }));

describe.each(cases)('$name', ({ name, call, right }) => {
  const mistakes = right.flatMap((value, position) =>
    wrongValuesFor(value)
      // Any object may be what is read of a folder, and the address of a model may be empty: that of the page.
      .filter((wrong) => !(name === 'isBroken' && typeof wrong === 'object' && wrong !== null))
      .filter((wrong) => !(name === 'loadClassifier' && wrong === ''))
      .map((wrong) => ({ position, wrong })),
  );
  test.each(mistakes)('rejects $wrong as argument $position', async ({ position, wrong }) => {
    const before = right.slice(0, position).map((value) => (typeof value === 'symbol' ? undefined : value));
    const values = [...before, wrong, ...right.slice(position + 1).map(() => undefined)];
    const error = await failureOf(() => call(...values));
    expect(error).toBeInstanceOf(InklingError);
    const { code, message } = error as InklingError;
    expect(['usage', 'invalid-input']).toContain(code);
    expect(message).toMatch(/expected|unknown/);
    if (wrong === undefined || wrong === null || (typeof wrong === 'object' && 'optoin' in wrong)) {
      expect(message).toMatch(typeof wrong === 'object' && wrong !== null ? /"optoin"/ : /undefined|null/);
    }
  });
});

/** What a function throws, at once or later. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    const result: unknown = await call();
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result) {
      await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
    }
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('a classifier', () => {
  test('takes many images only from something to iterate over', async () => {
    const { best } = await inkling.fit({
      model,
      dataset: inkling.generateDigits({ seed: 0, train: 100, test: 10 }),
      settings: { epochs: 1, threads: 1 },
    });
    if (best === undefined) throw new Error('interrupted');
    await using classifier = await inkling.Classifier.create(best);
    const many: Call = (images, given) => classifier.classifyMany(images as [], given as object);
    await expect(many(new Uint8Array(784))).rejects.toThrow(
      'classifyMany: images: expected an array, or anything to iterate over, got a Uint8Array',
    );
    await expect(many([], { tops: 3 })).rejects.toThrow(
      'classifyMany: unknown option "tops" (did you mean "top"?); expected signal or top',
    );
    await expect(classifier.classify(inkling.imageOf(dataset, 'test', 0), { top: 0 })).rejects.toThrow(
      'classify: top: expected a whole number of at least 1, got 0',
    );
    await expect(classifier.logits(inkling.imageOf(dataset, 'test', 0), null as never)).rejects.toThrow(
      'logits: expected options, got null',
    );
  });
});
