import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { InklingError, UsageError } from '#inkling/core/errors.js';
import { exportModel, type ExportRequest } from '#inkling/export/exportModel.js';
import { type ExportFormatName, exportFormats } from '#inkling/export/formats/index.js';
import { channelsFirst } from '#inkling/export/layout.js';
import { findOnnxRuntime, type OnnxRuntime } from '#inkling/export/onnxRuntime.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { encodeOnnx } from '#inkling/interop/onnx/encode.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { temporaryFolder } from '../data/tinySet.js';
import { mixedModel, randomImages } from '../helpers/mixedModel.js';
import { noGolden } from '../helpers/golden.js';
import { findTorch, noTorch, runPythonProgram } from '../helpers/python.js';
import { loadMnist, noMnist, trainedByTorch } from '../helpers/trained.js';

const saved = mixedModel();
const images = randomImages(saved.model, 20);
const formats = Object.keys(exportFormats) as ExportFormatName[];

test.for(formats)('writes %s, and checks it', async (format, { skip }) => {
  const folder = temporaryFolder();
  const path = join(folder, `m${exportFormats[format].extension}`);
  const runtime = (await findOnnxRuntime()) ?? skip('no onnxruntime-web');
  const { files, comparison } = await exportModel(saved, { format, path, check: { images, runtime } });
  expect(comparison).toMatchObject({ images: 20, differentPredictions: 0 });
  expect(
    readdirSync(folder)
      .map((name) => join(folder, name))
      .sort(),
  ).toEqual([...files].sort());
  expect(files).toContain(path);
});

test('writes the bytes of the format', async () => {
  const folder = temporaryFolder();
  const [onnx, weights] = [join(folder, 'm.onnx'), join(folder, 'm.safetensors')];
  await exportModel(saved, { format: 'onnx', path: onnx, opset: 21 });
  expect(readFileSync(onnx)).toEqual(Buffer.from(encodeOnnx(saved, { opset: 21 })));
  await exportModel(saved, { format: 'torch', path: join(folder, 'm.py') });
  expect(readSavedModel(weights)).toEqual(saved);
});

test('rejects an unknown format, and anything but a trained model', async () => {
  const request = { format: 'tflite', path: 'a.tflite' } as unknown as ExportRequest;
  await expect(exportModel(saved, request)).rejects.toThrow(
    'exportModel: unknown format "tflite"; expected onnx, safetensors or torch',
  );
  const missing = undefined as unknown as SavedModel;
  await expect(exportModel(missing, { format: 'onnx', path: 'a.onnx' })).rejects.toThrow(
    'exportModel: saved: expected a trained model, such as (await fit(…)).best, got undefined',
  );
});

test('reports that nothing was checked if the checker is not installed', async () => {
  const path = join(temporaryFolder(), 'm.onnx');
  const { comparison } = await exportModel(saved, { format: 'onnx', path });
  expect(comparison).toBeUndefined();
  expect(existsSync(path)).toBe(true);
});

test.each(formats)('writes no %s file with different predictions', async (format) => {
  // Predicts the first class for the first three images, and the second for all others.
  const runtime: OnnxRuntime = () =>
    Promise.resolve({
      run: (_pixels, [count]) =>
        Promise.resolve(
          Float32Array.from({ length: count * 3 }, (_, i) => (i % 3 === (i < 9 ? 0 : 1) ? 50 : 0)),
        ),
      close: () => Promise.resolve(),
    });
  const folder = temporaryFolder();
  const path = join(folder, `m${exportFormats[format].extension}`);
  const exported = exportModel(saved, { format, path, check: { images, runtime } });
  await expect(exported).rejects.toThrow(InklingError);
  await expect(exported).rejects.toThrow(
    /^.*: expected the same predictions as Inkling's, got different ones for \d+ of 20 images \(logits differ by up to \d\.\de\+1\); nothing was written; /,
  );
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['onnx', 'm.safetensors', '.onnx'],
  ['safetensors', 'm', '.safetensors'],
  ['torch', 'm.safetensors', '.py'],
] as const)('rejects %s in a file named %s', async (format, path, extension) => {
  await expect(exportModel(saved, { format, path })).rejects.toThrow(
    new UsageError(
      `cannot export the model: expected a file name that ends in ${extension} for ${format}, got "${path}"; rename it`,
    ),
  );
});

describe('PyTorch', () => {
  const python = findTorch();

  /** PyTorch's logits from the exported files, and the output of the script. */
  async function runTorch(model: SavedModel, torch: string, pixels: Float32Array) {
    const folder = temporaryFolder();
    await exportModel(model, { format: 'torch', path: join(folder, 'network.py') });
    writeFileSync(join(folder, 'pixels'), channelsFirst(pixels, model.model.input));
    const program = [
      'import torch, network',
      'pixels = torch.frombuffer(bytearray(open("pixels", "rb").read()), dtype=torch.float32)',
      'with torch.no_grad():',
      '    logits = network.load_model()(pixels.reshape(-1, *network.INPUT))',
      'open("logits", "wb").write(logits.numpy().tobytes())',
    ].join('\n');
    runPythonProgram(torch, ['-c', program], folder);
    const { buffer } = new Uint8Array(readFileSync(join(folder, 'logits')));
    return { logits: new Float32Array(buffer), printed: runPythonProgram(torch, ['network.py'], folder) };
  }

  test('computes the same logits for many kinds of layers', async ({ skip }) => {
    const pixels = Float32Array.from(images, (pixel) => pixel / 255);
    const { logits, printed } = await runTorch(saved, python ?? skip(noTorch), pixels);
    const ours = (await CompiledModel.create(saved)).runSync(pixels).logits;
    expect(logits).toHaveLength(20 * 3);
    logits.forEach((logit, i) => {
      expect(logit).toBeCloseTo(ours[i], 5);
    });
    expect(printed).toMatch(/^largest difference from Inkling's logits: \d\.\de(\+00|-0[6-9])\n$/);
  });

  test('computes the same logits for MNIST', async ({ skip }) => {
    const mnist = (await loadMnist()) ?? skip(noMnist);
    const { saved } = trainedByTorch(0) ?? skip(noGolden);
    const pixels = Float32Array.from(mnist.test.images.subarray(0, 1000 * 784), (pixel) => pixel / 255);
    const { logits } = await runTorch(saved, python ?? skip(noTorch), pixels);
    const ours = (await CompiledModel.create(saved)).runSync(pixels).logits;
    const differences = ours.map((logit, i) => Math.abs(logit - logits[i]));
    expect(differences).toHaveLength(10_000);
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });
});
