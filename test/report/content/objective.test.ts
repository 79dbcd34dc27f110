import { expect, test } from 'vitest';
import { objectiveSubsection } from '#inkling/report/content/objective.js';
import { trainingSection } from '#inkling/report/content/training.js';
import type { Block, Text } from '#inkling/report/document.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

const plain = (text: Text) =>
  text
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '…'))
    .join('')
    .replaceAll('\u00a0', ' ');

/** The symbols, numbers and operators of a formula, in order. */
function symbolsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(symbolsOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' ? String(inner) : symbolsOf(inner)))
    .join('');
}

/** The paragraphs and formulas on the loss and the optimizer, and the settings table, of a run with these settings. */
function describeSettings(changes: PartialConfig) {
  const run = { ...runs().cnn, config: parseConfig({ epochs: 8, ...changes }) };
  const blocks: readonly Block[] = objectiveSubsection(run).blocks;
  const table = trainingSection(run).blocks.find((block) => block.type === 'table');
  return {
    text: blocks.flatMap((block) => (block.type === 'paragraph' ? [plain(block.text)] : [])).join(' '),
    formulas: blocks.flatMap((block) =>
      block.type === 'displayedFormula' ? [symbolsOf(block.formula)] : [],
    ),
    settings: new Map(table?.rows.map(([name, value]) => [plain(name), plain(value)])),
  };
}

test('describes Adam with a constant learning rate and nothing else', () => {
  const { text, formulas, settings } = describeSettings({});
  expect(text).toContain('the learning rate (0.001). The decay rates');
  expect(text).not.toMatch(/[Ww]eight decay|at most|epochs/);
  expect(formulas).toHaveLength(7);
  expect([...settings.keys()]).toEqual([
    'Epochs',
    'Batch size',
    'Optimizer',
    'Learning rate',
    'Seed (initial weights and batch order)',
    'Seed (validation split)',
    'Threads',
  ]);
});

test('distinguishes decoupled weight decay from an L2 penalty', () => {
  const decoupled = describeSettings({ optimizer: 'adamw' });
  expect(decoupled.text).toContain(
    'Weight decay with coefficient … = 0.01 applies to weights, but not to biases',
  );
  expect(decoupled.formulas.at(-1)).toBe('θt−1←(1−ηλ)θt−1');
  expect(decoupled.settings.get('Weight decay')).toBe('0.01');
  const penalty = describeSettings({ optimizer: 'sgd', weightDecay: 0.02 });
  expect(penalty.text).toContain(
    'Weight decay with coefficient … = 0.02 applies to weights, but not to biases',
  );
  expect(penalty.formulas.at(-1)).toBe('gt←gt+λθt−1');
});

test('distinguishes Nesterov momentum from classical momentum', () => {
  const [plain, nesterov] = [
    describeSettings({ optimizer: 'sgd' }),
    describeSettings({ optimizer: 'nesterov', momentum: 0.8 }),
  ];
  expect(plain.formulas.slice(2)).toEqual(['vt=μvt−1+gt', 'θt=θt−1−ηvt']);
  expect(nesterov.formulas.slice(2)).toEqual(['vt=μvt−1+gt', 'θt=θt−1−η(gt+μvt)']);
  expect(nesterov.text).toContain('with Nesterov momentum … accumulates');
  expect(nesterov.text).toContain('The momentum … is 0.8.');
  expect(nesterov.settings.get('Momentum')).toBe('0.8');
});

test('describes early stopping', () => {
  const run = runs().cnn;
  const summary = { ...run.summary, best: { epoch: 1, validationAccuracy: 0.5 } };
  const textWith = (changes: Partial<typeof summary>) =>
    JSON.stringify(trainingSection({ ...run, summary: { ...summary, ...changes } }));
  expect(textWith({ stopReason: 'early' })).toContain('Early stopping ended the training 1 epoch later.');
  expect(textWith({})).not.toContain('Early');
});

test.each<[settings: PartialConfig, expected: string, rows: Record<string, string>]>([
  [
    { schedule: 'step', stepEpochs: 3, stepFactor: 0.5 },
    'the learning rate (at most 0.001). The decay rates',
    { 'Learning rate schedule': 'step', 'Epochs between steps': '3', 'Factor per step': '0.5' },
  ],
  [
    { schedule: 'step', stepEpochs: 3, stepFactor: 0.5 },
    'The learning rate is multiplied by 0.5 every 3 epochs.',
    {},
  ],
  [
    { schedule: 'cosine', warmupEpochs: 1.5 },
    'The learning rate increases linearly with every step during the first 1.5 epochs. It then decays to zero along a cosine …: after a fraction … of the steps that follow the warmup, it is',
    { 'Warmup (epochs)': '1.5' },
  ],
  [{ warmupEpochs: 1 }, 'The learning rate increases linearly with every step during the first epoch.', {}],
  [
    { schedule: 'cosine' },
    'The learning rate decays to zero along a cosine …: after a fraction … of the steps, it is',
    {},
  ],
  [{ schedule: 'step', stepEpochs: 1 }, 'by 0.1 every epoch.', {}],
  [
    { schedule: 'one-cycle' },
    'during the first 2.4 epochs, it rises from 1/25 of its maximum to the maximum, and then it falls to 1/250,000',
    { 'Warmup (epochs)': '2.4' },
  ],
  // 0.3 × 3 is 0.8999999999999999.
  [
    { schedule: 'one-cycle', epochs: 3 },
    'during the first 0.9 epochs, it rises',
    { 'Warmup (epochs)': '0.9' },
  ],
  [
    { clipNorm: 1.5, emaDecay: 0.99, patience: 3 },
    'If the global norm of the gradient exceeds 1.5, the gradient is scaled down',
    { 'Maximum gradient norm': '1.5', 'EMA decay': '0.99', 'Early stopping patience (epochs)': '3' },
  ],
  [
    { labelSmoothing: 0.2 },
    'a fraction 0.2 of each target is distributed evenly over all classes',
    { 'Label smoothing': '0.2' },
  ],
  [{ classWeights: [1, 2, 3] }, 'multiplied by the weight of its class', { 'Class weights': '1, 2, 3' }],
  [{ emaDecay: 0.99 }, 'is the smaller of 0.99 and ….', {}],
])('%j: %s', (settings, expected, rows) => {
  const report = describeSettings(settings);
  expect(report.text).toContain(expected);
  for (const [name, value] of Object.entries(rows)) expect(report.settings.get(name)).toBe(value);
});
