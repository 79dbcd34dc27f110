import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UsageError } from '#inkling/core/errors.js';
import { splitModelAndImages } from '#inkling/runs/modelArgument.js';
import { resolveModelPath, resolveRunFolder } from '#inkling/runs/resolveModel.js';
import { temporaryFolder } from '../data/tinySet.js';

let folder: string;
let runs: string;
let image: string;

beforeEach(() => {
  folder = temporaryFolder();
  runs = join(folder, 'runs');
  image = join(folder, 'seven.png');
  writeFileSync(image, '');
  for (const name of ['mine-1', 'mine-2']) {
    mkdirSync(join(runs, name), { recursive: true });
    writeFileSync(join(runs, name, 'config.json'), '{}');
  }
});

function messageOf(task: () => unknown): string {
  try {
    task();
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError);
    if (error instanceof UsageError) return error.message;
  }
  return 'no error';
}

test('recognizes the model and the images in any order', () => {
  const missing = join(folder, 'eight.png');
  for (const model of ['mine-1', join(runs, 'mine-2')]) {
    for (const words of [
      [model, image, missing],
      [image, model, missing],
      [image, missing, model],
    ]) {
      expect(splitModelAndImages('predict', words, runs)).toEqual({ model, images: [image, missing] });
    }
  }
  expect(splitModelAndImages('predict', [image, missing, join(folder, '*.jpg')], runs).model).toBeUndefined();
});

test('a backbone is a model', () => {
  const words = [image, 'efficientnet-lite0'];
  expect(splitModelAndImages('predict', words, runs)).toEqual({
    model: 'efficientnet-lite0',
    images: [image],
  });
});

test.each(['model.onnx', 'net.pt', 'best.safetensors', 'weights.h5'])(
  'a file named %s is treated as the model, even if it does not exist',
  (model) => {
    expect(splitModelAndImages('predict', [model, image], runs)).toEqual({ model, images: [image] });
  },
);

test.each<[words: (image: string) => string[], message: string]>([
  [
    (file) => ['mien-1', file],
    'unknown run or image "mien-1" (did you mean "mine-1"?); expected mine-1 or mine-2',
  ],
  [
    (file) => [file, 'mien-1'],
    'unknown run or image "mien-1" (did you mean "mine-1"?); expected mine-1 or mine-2',
  ],
  [(file) => ['zzz', file], 'unknown run or image "zzz"; expected mine-1 or mine-2'],
  [
    (file) => ['mlp', file],
    'unknown run or image "mlp"; it is an untrained preset; train it with "inkling train --model mlp"',
  ],
  [
    (file) => ['mine-1', 'mine-2', file],
    'predict: expected one model, got 2: mine-1, mine-2; use a separate command for each',
  ],
  [
    () => ['mine-1'],
    'predict: expected images besides the model "mine-1", got none; add a file, folder, or pattern',
  ],
])('rejects unknown arguments, several models, and no images (%#)', (words, message) => {
  expect(messageOf(() => splitModelAndImages('predict', words(image), runs))).toBe(message);
});

test('finds a run by name or path, and suggests a similar name', () => {
  expect(resolveRunFolder('mine-1', runs)).toBe(join(runs, 'mine-1'));
  expect(resolveRunFolder(join(runs, 'mine-2'), 'elsewhere')).toBe(join(runs, 'mine-2'));
  expect(messageOf(() => resolveRunFolder('mine-3', runs))).toBe(
    'unknown run "mine-3" (did you mean "mine-1"?); expected mine-1 or mine-2',
  );
  expect(messageOf(() => resolveRunFolder(join(runs, 'mien-2'), 'elsewhere'))).toBe(
    `unknown run "${join(runs, 'mien-2')}" (did you mean "${join(runs, 'mine-2')}"?); expected ${join(runs, 'mine-1')} or ${join(runs, 'mine-2')}`,
  );
  expect(messageOf(() => resolveRunFolder(image, runs))).toBe(
    `expected a run, got the file "${image}"; to use weights from a file, run "inkling import"`,
  );
});

test('a misspelled checkpoint file is suggested', () => {
  const file = join(folder, 'best.safetensors');
  writeFileSync(file, '');
  expect(resolveModelPath(file, runs)).toBe(file);
  expect(messageOf(() => resolveModelPath(join(folder, 'bset.safetensors'), runs))).toContain(
    `(did you mean "${file}"?)`,
  );
});
