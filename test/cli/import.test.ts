import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { Random } from '#inkling/core/random.js';
import { encodeCheckpoint } from '#inkling/interop/checkpoint.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { encodeSafetensors } from '#inkling/interop/safetensors.js';
import { toStateDict } from '#inkling/interop/torch/stateDict.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { readRun } from '#inkling/runs/readRun.js';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder, tinyFiles, trainableFiles, writeFiles } from '../data/tinySet.js';
import { goldenFile, noGolden } from '../helpers/golden.js';
import { loadMnist, noMnist, trainedByTorch } from '../helpers/trained.js';
import { stripes } from '../helpers/stripes.js';
import { dictionary, int, stateDictFile } from '../interop/torch/file/torchFiles.js';
import { inkling } from './capture.js';

const model = preset('mlp', { input: [2, 3, 1], classes: 3 });
const weights = initialWeights(resolveModel(model), new Random(4));

let data: string;
let runs: string;
let file: string;

beforeEach(() => {
  const folder = temporaryFolder();
  [data, runs, file] = [join(folder, 'tiny'), join(folder, 'runs'), join(folder, 'w.safetensors')];
  writeFiles(data, tinyFiles);
  writeFileSync(file, encodeSafetensors(toStateDict(model, weights, 0), {}));
});

function importMlp(...flags: string[]) {
  return inkling(['import', file, '--model', 'mlp', '--dataset', data, '--run-dir', runs, ...flags]);
}

test('creates a run that can be used like a trained one', async () => {
  const run = join(runs, 'mlp-tiny-1');
  const { code, stdout } = await importMlp('--quiet');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^.*mlp-tiny-1: mlp, test accuracy .* of 2\), macro F1 [\d.]+ %, test loss [\d.]+\n$/,
  );
  expect(readSavedModel(run)).toMatchObject({ model, weights, classes: ['0', '1', '2'], dataset: 'tiny' });
  const { stopReason, epochs, test, command } = runSummarySchema.parse(
    JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')),
  );
  expect({ stopReason, epochs, total: test?.total }).toEqual({
    stopReason: 'imported',
    epochs: [],
    total: 2,
  });
  expect(command).toMatch(/^inkling import .*w\.safetensors --model mlp /);
  expect((await inkling(['runs', '--run-dir', runs])).stdout).toMatch(/ imported$/m);
  expect((await inkling(['evaluate', run])).code).toBe(0);
  expect((await inkling(['export', run])).code).toBe(0);
});

test('matches the classes in the file’s metadata by name', async () => {
  await importMlp();
  const exported = join(runs, 'mlp-tiny-1', 'checkpoints', 'best.safetensors');
  // The same classes 0, 1 and 2 in a different order.
  const saved = readSavedModel(exported);
  writeFileSync(file, encodeCheckpoint({ ...saved, classes: ['2', '0', '1'] }));
  const { code, stdout } = await importMlp('--json');
  expect(code).toBe(0);
  const { dataset, test: metrics } = runSummarySchema.parse(JSON.parse(stdout));
  expect(dataset.classes).toEqual(['2', '0', '1']);
  // One test image of the class 2, and one of 0.
  expect(metrics?.perClass.map(({ support }) => support)).toEqual([1, 1, 0]);

  writeFileSync(file, encodeCheckpoint({ ...saved, classes: ['2', '0', 'one'] }));
  expect((await importMlp()).stderr).toContain('tiny: unknown class "1"; expected only classes of the model');
});

test('lists all mismatches at once, and creates no run', async () => {
  const tensors = toStateDict(model, weights, 0);
  tensors.delete('hidden.bias');
  tensors.set('extra', { dtype: 'F32', shape: [1], values: Float32Array.of(1) });
  tensors.set('fc.bias', { dtype: 'F32', shape: [4], values: new Float32Array(4) });
  writeFileSync(file, encodeSafetensors(tensors, {}));
  expect(await importMlp('--quiet')).toEqual({
    code: 1,
    stdout: '',
    stderr:
      `inkling: ${file}: expected the tensors of the model mlp; missing: hidden.bias; unexpected: extra; ` +
      'wrong type or shape: fc.bias: expected F32 [3], got F32 [4]; choose the model that they were saved from\n',
  });
  expect(existsSync(runs)).toBe(false);
});

test('reads a file of PyTorch, and states in which dictionary the weights are', async () => {
  const tensors = toStateDict(model, weights, 0);
  writeFileSync(
    file,
    stateDictFile(tensors, (stateDict) => dictionary({ epoch: int(3), model: stateDict })),
  );
  const { code, stdout } = await importMlp();
  expect(code).toBe(0);
  expect(stdout).toContain(`weights: model of ${file}\n`);
  expect(readSavedModel(join(runs, 'mlp-tiny-1'))).toMatchObject({ model, weights });
  expect(JSON.parse((await importMlp('--json')).stdout)).toMatchObject({ dictionary: 'model' });
});

test('rejects a truncated file', async () => {
  truncateSync(file, 100);
  const { code, stderr } = await importMlp();
  expect(code).toBe(1);
  expect(stderr).toContain(`${file}: expected a header of at most `);
});

test('a model trained by PyTorch has the same test accuracy as in PyTorch', async ({ skip }) => {
  const mnist = (await loadMnist()) ?? skip(noMnist);
  const { saved } = trainedByTorch(0) ?? skip(noGolden);
  const record = goldenFile('report-seed-0.json') ?? skip(noGolden);
  writeFileSync(file, encodeSafetensors(toStateDict(saved.model, saved.weights, saved.batches), {}));
  const { stdout } = await inkling(['import', file, '--run-dir', runs, '--json'], {
    loadDataset: () => Promise.resolve(mnist),
  });
  const expected: unknown = JSON.parse(new TextDecoder().decode(record));
  const { test } = runSummarySchema.parse(JSON.parse(stdout));
  expect(expected).toMatchObject({ test: { correct: test?.correct, total: 10_000 } });
});

/** The same network as an ONNX file, without its metadata if it is to come from elsewhere. */
function onnxOf(classes: readonly string[], producer = 'inkling'): string {
  const bytes = encodeOnnx({ model, weights, classes, dataset: 'other', batches: 0 });
  const onnx = file.replace('w.safetensors', 'net.onnx');
  // A text of the same length.
  const text = Buffer.from(bytes).toString('latin1').replace('inkling', producer);
  writeFileSync(onnx, Buffer.from(text, 'latin1'));
  return onnx;
}

function importOnnx(onnx: string, ...flags: string[]) {
  return inkling(['import', onnx, '--dataset', data, '--run-dir', runs, ...flags]);
}

test('imports an ONNX model, which can then be fine-tuned', async () => {
  const onnx = onnxOf(['0', '1', '2'], 'nothing');
  const { code, stdout } = await importOnnx(onnx, '--quiet');
  expect(stdout).toMatch(/net-tiny-1: net, test accuracy .* of 2\)/);
  expect(code).toBe(0);
  const run = join(runs, 'net-tiny-1');
  expect(readSavedModel(run)).toMatchObject({ weights, classes: ['0', '1', '2'], dataset: 'tiny' });
  expect((await inkling(['evaluate', run])).code).toBe(0);
});

test('matches the classes of an ONNX model of Inkling by name', async () => {
  const { stdout } = await importOnnx(onnxOf(['2', '0', '1']), '--json');
  const { dataset, test: metrics } = runSummarySchema.parse(JSON.parse(stdout));
  expect(dataset.classes).toEqual(['2', '0', '1']);
  expect(metrics?.perClass.map(({ support }) => support)).toEqual([1, 1, 0]);
});

test('keeps the calibration of an ONNX model of Inkling', async () => {
  const calibration = {
    temperature: 1.5,
    threshold: 0.75,
    logSumExpThreshold: -2,
    coverage: 0.9,
    precision: 1,
    images: 60,
  };
  const onnx = file.replace('w.safetensors', 'calibrated.onnx');
  const saved = { model, weights, classes: ['0', '1', '2'], dataset: 'other', batches: 0, calibration };
  writeFileSync(onnx, encodeOnnx(saved));
  const { stdout } = await importOnnx(onnx, '--json');
  expect(runSummarySchema.parse(JSON.parse(stdout)).calibration).toEqual(calibration);
  expect(readSavedModel(join(runs, 'mlp-tiny-1')).calibration).toEqual(calibration);
});

test('calibrates a model as training does, if asked to', async () => {
  const dataset = stripes({ train: 500, test: 30 });
  const options = { loadDataset: () => Promise.resolve(dataset) };
  const start = async (...argv: string[]) => {
    const { stdout, stderr } = await inkling([...argv, '--run-dir', runs], options);
    expect(stderr).toBe('');
    return stdout;
  };
  await start('train', '--epochs', '1', '--name', 'trained');
  const trained = readSavedModel(join(runs, 'trained-1'));
  const onnx = file.replace('w.safetensors', 'net.onnx');
  writeFileSync(onnx, encodeOnnx(trained));

  expect(await start('import', onnx, '--name', 'plain')).toContain(
    '\ncalibrated as in the file, which does not describe the training images: with --calibrate, images that do not resemble them are doubtful\n',
  );
  expect(readSavedModel(join(runs, 'plain-1')).calibration).not.toHaveProperty('familiarity');
  expect(await start('import', onnx, '--name', 'calibrated', '--calibrate')).not.toContain('--calibrate');
  const { calibration } = readSavedModel(join(runs, 'calibrated-1'));
  expect(calibration?.familiarity?.prototypes.perClass).toBe(40);
  // Only the names of layers without weights may differ.
  const comparable = (value: unknown) => JSON.stringify(value).replace(/"layer":"[^"]*"/, '');
  // The images did not select an epoch of the imported weights.
  expect(comparable(calibration)).toBe(comparable({ ...trained.calibration, selection: 'none' }));
  expect(readRun(join(runs, 'calibrated-1')).summary?.calibration).toEqual({
    ...calibration,
    familiarity: undefined,
  });
});

test('says that weights are not calibrated, and calibrates only with images of every class', async () => {
  expect((await importMlp()).stdout).toContain(
    '\nnot calibrated: if the model was not trained on the validation images, calibrate it on them with --calibrate\n',
  );
  const { code, stderr } = await importMlp('--calibrate', '--name', 'calibrated');
  expect(stderr).toMatch(
    /: the class ".*" has .* images; expected one of each, thus at least 3 images per class; /,
  );
  expect(code).toBe(1);
  expect(existsSync(join(runs, 'calibrated-1'))).toBe(false);
});

test('fine-tunes an ONNX model of other classes', async () => {
  writeFiles(data, trainableFiles);
  const other = preset('mlp', { input: [2, 3, 1], classes: 5 });
  const start = {
    model: other,
    weights: initialWeights(resolveModel(other), new Random(4)),
    classes: ['a', 'b', 'c', 'd', 'e'],
    dataset: 'other',
    batches: 0,
  };
  const onnx = file.replace('w.safetensors', 'five.onnx');
  writeFileSync(onnx, encodeOnnx(start));
  expect((await importOnnx(onnx)).stderr).toContain('unknown class "0"');
  writeFileSync(
    onnx,
    Buffer.from(Buffer.from(encodeOnnx(start)).toString('latin1').replace('inkling', 'nothing'), 'latin1'),
  );
  expect((await importOnnx(onnx)).stderr).toContain(
    `${onnx}: has 5 outputs, but tiny has 3 classes; to fine-tune it, use inkling train --init-from FILE, which replaces its last layer`,
  );
  const flags = ['--dataset', data, '--run-dir', runs, '--epochs', '1', '--threads', '1', '--quiet'];
  const { code, stderr } = await inkling(['train', '--init-from', onnx, ...flags]);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  const tuned = readSavedModel(join(runs, 'five-tiny-1'));
  expect(tuned.classes).toEqual(['0', '1', '2']);
});

test('rejects a model besides an ONNX file, and another image size', async () => {
  const onnx = onnxOf(['0', '1', '2']);
  const { code, stderr } = await importOnnx(onnx, '--model', 'mlp');
  expect(code).toBe(2);
  expect(stderr).toContain(`--model: cannot be used with ${onnx}, which contains its model; leave it out`);
  expect((await importOnnx(onnx, '--image-size', '4')).stderr).toContain(
    `${onnx}: input "pixels": expected images of 2×3×1 (height, width, channels), got 4×4; use the size of the file`,
  );
});
