import { expect, test } from 'vitest';
import { objective } from '#inkling/report/content/objective.js';
import { trainingSection } from '#inkling/report/content/training.js';
import type { Block, Text } from '#inkling/report/document.js';
import { parseConfig, type PartialConfig } from '#inkling/train/config.js';
import { trainForReport } from '../../helpers/reportRuns.js';

const runs = trainForReport();

const wordsOf = (text: Text) =>
  text
    .map((part) => (typeof part === 'string' ? part : 'text' in part ? part.text : '…'))
    .join('')
    .replaceAll('\u00a0', ' ');

/** The letters, numbers and signs of a formula, in order. */
function lettersOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(lettersOf).join('');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, inner]) => (key === 'text' ? String(inner) : lettersOf(inner)))
    .join('');
}

/** What a report says of runs with these settings: its paragraphs, its formulas, and the rows of its settings. */
function said(changes: PartialConfig) {
  const run = { ...runs().cnn, config: parseConfig({ epochs: 8, ...changes }) };
  const blocks: readonly Block[] = objective(run).blocks;
  const table = trainingSection(run).blocks.find((block) => block.type === 'table');
  return {
    text: blocks.flatMap((block) => (block.type === 'paragraph' ? [wordsOf(block.text)] : [])).join(' '),
    formulas: blocks.flatMap((block) =>
      block.type === 'displayedFormula' ? [lettersOf(block.formula)] : [],
    ),
    settings: new Map(table?.rows.map(([name, value]) => [wordsOf(name), wordsOf(value)])),
  };
}

test('says of Adam at a constant rate no more than there is', () => {
  const { text, formulas, settings } = said({});
  expect(text).toContain('the learning rate, 0.001; the decay rates');
  expect(text).not.toMatch(/decay with|at most|epochs/);
  expect(formulas).toHaveLength(6);
  expect([...settings.keys()]).toEqual([
    'Epochs',
    'Images a step',
    'Optimizer',
    'Learning rate',
    'Seed of weights and batches',
    'Seed of the split',
    'Threads',
  ]);
});

test('tells the weight decay of AdamW from a penalty', () => {
  const decoupled = said({ optimizer: 'adamw' });
  expect(decoupled.text).toContain('Weights decay with a rate … of 0.01, biases');
  expect(decoupled.formulas.at(-1)).toBe('θt−1←(1−ηλ)θt−1');
  expect(decoupled.settings.get('Weight decay')).toBe('0.01');
  const penalty = said({ optimizer: 'sgd', weightDecay: 0.02 });
  expect(penalty.text).toContain('of 0.02, biases');
  expect(penalty.formulas.at(-1)).toBe('gt←gt+λθt−1');
});

test('tells Nesterov’s momentum from the plain one', () => {
  const [plain, nesterov] = [said({ optimizer: 'sgd' }), said({ optimizer: 'nesterov', momentum: 0.8 })];
  expect(plain.formulas.slice(1)).toEqual(['vt=μvt−1+gt', 'θt=θt−1−ηvt']);
  expect(nesterov.formulas.slice(1)).toEqual(['vt=μvt−1+gt', 'θt=θt−1−η(gt+μvt)']);
  expect(nesterov.text).toContain('with Nesterov’s momentum moves');
  expect(nesterov.text).toContain('the momentum … is 0.8.');
  expect(nesterov.settings.get('Momentum')).toBe('0.8');
});

test('says when training stopped early', () => {
  const run = runs().cnn;
  const summary = { ...run.summary, best: { epoch: 1, validationAccuracy: 0.5 } };
  const saidOf = (changes: Partial<typeof summary>) =>
    JSON.stringify(trainingSection({ ...run, summary: { ...summary, ...changes } }));
  expect(saidOf({ stopReason: 'early' })).toContain(
    'Training stopped early, as it had been set to, 1 epoch behind that one.',
  );
  expect(saidOf({})).not.toContain('early');
});

test.each<[settings: PartialConfig, says: string, rows: Record<string, string>]>([
  [
    { schedule: 'step', stepEpochs: 3, stepFactor: 0.5 },
    'at most 0.001; the decay rates',
    { 'Schedule of the rate': 'step', 'Epochs a step of the rate': '3', 'Factor of a step': '0.5' },
  ],
  [
    { schedule: 'step', stepEpochs: 3, stepFactor: 0.5 },
    'Every 3 epochs the learning rate is multiplied by 0.5.',
    {},
  ],
  [
    { schedule: 'cosine', warmupEpochs: 1.5 },
    'In the first 1.5 epochs the learning rate rises linearly, step by step. The learning rate falls to zero',
    { 'Epochs of rising rate': '1.5' },
  ],
  [{ warmupEpochs: 1 }, 'In the first 1 epoch the learning rate rises linearly, step by step.', {}],
  [
    { schedule: 'one-cycle' },
    'from 1/25 of its highest value it rises for 2.4 epochs, then falls to 1/250000 of it',
    { 'Epochs of rising rate': '2.4' },
  ],
  // 0.3 × 3 is 0.8999999999999999.
  [
    { schedule: 'one-cycle', epochs: 3 },
    'it rises for 0.9 epochs, then falls',
    { 'Epochs of rising rate': '0.9' },
  ],
  [
    { clipNorm: 1.5, emaDecay: 0.99, patience: 3 },
    'Where the gradient of all parameters together is longer than 1.5, it is scaled down',
    { 'Longest gradient': '1.5', 'Decay of the averaged weights': '0.99', 'Patience in epochs': '3' },
  ],
  [{ emaDecay: 0.99 }, 'it keeps the smaller of 0.99 and … of what it was', {}],
])('%j: %s', (settings, says, rows) => {
  const report = said(settings);
  expect(report.text).toContain(says);
  for (const [name, value] of Object.entries(rows)) expect(report.settings.get(name)).toBe(value);
});
