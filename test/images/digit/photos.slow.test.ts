import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { type Calibration, calibrationSchema } from '#inkling/interop/calibrationRecord.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { loadMnist, noMnist } from '../../helpers/trained.js';
import { drawGlyph, glyphOf, type Glyph } from './glyphs.js';
import { generatePhotos, type Outcome, scorePhoto } from './scorePhotos.js';

const MIN_CORRECT = 0.95;
const MAX_CONFIDENTLY_WRONG = 0.02;
const TIMEOUT_MS = 600_000;

let compiled: CompiledModel;
let calibration: Calibration;
beforeAll(async () => {
  compiled = await CompiledModel.create(readSavedModel(PRETRAINED_RUN));
  const summary: unknown = JSON.parse(readFileSync(join(PRETRAINED_RUN, 'summary.json'), 'utf8'));
  ({ calibration } = z.object({ calibration: calibrationSchema }).parse(summary));
});

test(
  'reads 95 % of 400 photos of drawn digits, and is confident but wrong in at most 2 %',
  { timeout: TIMEOUT_MS },
  () => {
    expectThresholds((index) => drawGlyph(index % 10, 1000 + index), 25);
  },
);

test('reads 95 % of 160 photos of MNIST’s digits', { timeout: TIMEOUT_MS }, async ({ skip }) => {
  const mnist = await loadMnist();
  if (mnist === undefined) return skip(noMnist);
  const { images, labels } = mnist.test;
  expectThresholds((index) => glyphOf(labels[index], images.subarray(784 * index, 784 * (index + 1))), 10);
});

function expectThresholds(glyphAt: (index: number) => Glyph, perKind: number): void {
  const outcomes = new Map<string, Outcome[]>();
  for (const photo of generatePhotos(glyphAt, perKind)) {
    const own = outcomes.get(photo.kind) ?? [];
    outcomes.set(photo.kind, [...own, scorePhoto(photo, compiled, calibration)]);
  }
  const all = [...outcomes.values()].flat();
  const rows = [...outcomes, ['all', all] as const].map(([kind, own]) => rowOf(kind, own));
  const table = ['correct rejected doubtful confidently wrong', ...rows].join('\n');
  console.log(table);
  expect(all).toHaveLength(16 * perKind);
  expect(count(all, 'isCorrect') / all.length, table).toBeGreaterThanOrEqual(MIN_CORRECT);
  expect(count(all, 'isConfidentlyWrong') / all.length, table).toBeLessThanOrEqual(MAX_CONFIDENTLY_WRONG);
}

function rowOf(kind: string, outcomes: readonly Outcome[]): string {
  const counts = (['isCorrect', 'isRejected', 'isDoubtful', 'isConfidentlyWrong'] as const).map((key) =>
    count(outcomes, key),
  );
  return `${counts.map((value) => String(value).padStart(5)).join('')}  ${kind}`;
}

function count(outcomes: readonly Outcome[], key: keyof Outcome): number {
  return outcomes.filter((outcome) => outcome[key]).length;
}
