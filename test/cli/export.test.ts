import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { temporaryFolder, trainableFiles, writeFiles } from '../data/tinySet.js';
import { inkling } from './capture.js';

let data: string;
let runs: string;
let run: string;

beforeEach(async () => {
  const folder = temporaryFolder();
  [data, runs] = [join(folder, 'tiny'), join(folder, 'runs')];
  run = join(runs, 'mlp-tiny-1');
  writeFiles(data, trainableFiles);
  await inkling(['train', '--model', 'mlp', '--dataset', data, '--epochs', '1', '--run-dir', runs]);
});

const CHECKED =
  /checked with onnxruntime-web on the test images of tiny: 0 of 3 predictions differ, logits by up to \S+\n$/;

test('writes an ONNX file into the run folder, checked on the test images', async () => {
  const { code, stdout, stderr } = await inkling(['export', 'mlp-tiny-1', '--run-dir', runs]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.startsWith(`wrote ${run}/model.onnx; `)).toBe(true);
  expect(stdout).toMatch(CHECKED);
  expect(readFileSync(join(run, 'model.onnx'))).toEqual(Buffer.from(encodeOnnx(readSavedModel(run))));
});

test('writes other formats to other paths, and prints JSON', async () => {
  const [out, weights] = [join(runs, 'net.py'), join(runs, 'net.safetensors')];
  const { stdout } = await inkling(['export', run, '--format', 'torch', '--out', out, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    files: [weights, out],
    check: { source: 'the test images of tiny', images: 3, differentPredictions: 0 },
  });
  const again = await inkling(['export', weights, '--opset', '13', '--dataset', data]);
  expect(again.stdout.startsWith(`wrote ${join(runs, 'model.onnx')}; `)).toBe(true);
  expect(again.stdout).toMatch(CHECKED);
});

test('checks on random images if the test set is not found, and reports it', async () => {
  rmSync(data, { recursive: true });
  const { code, stdout } = await inkling(['export', run]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/ on 1,000 random images \(.*tiny.*\): 0 of 1,000 predictions differ, /);
  const asked = await inkling(['export', run, '--dataset', data]);
  expect(asked.code).toBe(1);
  expect(asked.stderr).toContain(data);
});

test('checks on random images if those of the data set have another shape', async () => {
  const { stdout } = await inkling(['export', run, '--dataset', 'digits']);
  expect(stdout).toContain(' on 1,000 random images (digits has images of 28×28×1, not 2×3×1): 0 of 1,000 ');
});

test('rejects a run that did not finish', async () => {
  const best = join(run, 'checkpoints', 'best.safetensors');
  const hint = `to use its best weights so far, specify their file: ${best}\n`;
  const summary = join(run, 'summary.json');
  const record = JSON.parse(readFileSync(summary, 'utf8')) as object;
  writeFileSync(summary, JSON.stringify({ ...record, stopReason: 'interrupted', checksum: undefined }));
  expect(await inkling(['export', run])).toEqual({
    code: 1,
    stdout: '',
    stderr: `inkling: run "${run}" did not finish: it was interrupted; ${hint}`,
  });
  rmSync(summary);
  const { stderr } = await inkling(['export', run]);
  expect(stderr).toBe(`inkling: run "${run}" did not finish: it is in progress or was killed; ${hint}`);
  expect(existsSync(join(run, 'model.onnx'))).toBe(false);
  expect((await inkling(['export', best, '--dataset', data])).code).toBe(0);
});

test.each([
  [['--opset', '12'], '--opset: expected a whole number from 13 to 22, got "12"'],
  [['--opset', 'new'], '--opset: expected a whole number from 13 to 22, got "new"'],
  [
    ['--out', 'model.pt'],
    'cannot export the model: expected a file name that ends in .onnx for onnx, got "model.pt"; rename it',
  ],
])('rejects %j', async (flags, message) => {
  const { code, stderr } = await inkling(['export', run, ...flags]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `inkling: ${message}\n` });
});
