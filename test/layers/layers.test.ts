/// <reference types="vite/client" />
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Random } from '#inkling/core/random.js';
import { compareWithOnnx } from '#inkling/export/compareWithOnnx.js';
import { exportModel } from '#inkling/export/exportModel.js';
import { findOnnxRuntime } from '#inkling/export/onnxRuntime.js';
import { encodeCheckpoint, type SavedModel } from '#inkling/interop/checkpoint.js';
import { decodeCheckpoint } from '#inkling/interop/decodeCheckpoint.js';
import { encodeOnnx, MIN_OPSET, MAX_OPSET } from '#inkling/interop/onnx/encode.js';
import { definitionOf, layerSchemas, layerTypes, typeOfSchema } from '#inkling/layers/index.js';
import { onnxNodesOf } from '#inkling/layers/onnxNodes.js';
import { modelFrom } from '#inkling/models/document.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { initialWeights } from '#inkling/models/weights.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { temporaryFolder } from '../data/tinySet.js';
import { randomImages } from '../helpers/mixedModel.js';
import { expectNetworkGradients } from '../helpers/networkGradients.js';
import { findTorch, noTorch, runPythonProgram } from '../helpers/python.js';
import { CLASSES, type LayerCase, surroundingsOf } from './layerCase.js';

const files = import.meta.glob<{ readonly cases: readonly LayerCase[] }>('./*.cases.ts', { eager: true });
const all = Object.entries(files).flatMap(([file, { cases }]) =>
  cases.map((each) => ({ ...each, file, label: JSON.stringify(each.layer) })),
);

/** The network with only the layer, with random weights. */
function savedModelOf(layerCase: LayerCase): SavedModel {
  const [{ imageShape, layers }] = surroundingsOf(layerCase);
  const [height, width, channels] = imageShape;
  const model = { name: 'm', input: [height, width, channels] as const, layers };
  const random = new Random(3);
  const weights = initialWeights(resolveModel(model), random);
  for (const [name, values] of weights) {
    weights.set(
      name,
      values.map((value) => (/running|norm/.test(name) ? random.uniform(0.5, 2) : 3 * value)),
    );
  }
  return { model, weights, classes: ['a', 'b', 'c'], dataset: 'none', batches: 0 };
}

test('every layer type has cases, in a file named after it', () => {
  const tested = new Set(all.map(({ layer }) => layer.type));
  expect([...tested, 'residual', 'squeezeExcitation'].sort()).toEqual(layerTypes);
  for (const { file, layer } of all) expect(file).toBe(`./${layer.type}.cases.ts`);
});

test.each(layerSchemas.map((schema) => [typeOfSchema(schema), schema] as const))(
  '%s documents its fields and their defaults',
  (_type, schema) => {
    expect(z.globalRegistry.get(schema)?.description).toMatch(/\.$/);
    const fields: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
    for (const [name, field] of Object.entries(fields)) {
      if (name === 'type') continue;
      const { description, ...documented } = z.globalRegistry.get(field) ?? {};
      expect(description, name).toMatch(/^[A-Z].*[^.]$/);
      const hasDefault = 'default' in documented || 'defaultText' in documented;
      expect(hasDefault, name).toBe(field instanceof z.core.$ZodOptional);
    }
  },
);

describe.each(all)('$label of $input', (layerCase) => {
  const { layer, input, torchModule, onnxNodes } = layerCase;
  const saved = savedModelOf(layerCase);
  const hasParameters = definitionOf(layer).parameters(layer, { shape: input }).length > 0;

  test.each(surroundingsOf(layerCase))('gradients match finite differences: $name', (network) => {
    expectNetworkGradients({ ...network, isChecked: (name) => !name.startsWith('head') });
  });

  test.each(hasParameters ? surroundingsOf(layerCase) : [])(
    'gradients match finite differences: $name, frozen',
    (network) => {
      expectNetworkGradients({ ...network, isTrained: (name) => name.startsWith('before') });
    },
  );

  test('is unchanged by a round trip through JSON and a saved model', () => {
    const { model } = saved;
    const document: unknown = JSON.parse(JSON.stringify(model));
    expect(modelFrom(document, { input: model.input, classes: CLASSES })).toEqual(model);
    expect(decodeCheckpoint(encodeCheckpoint(saved), 'x')).toEqual(saved);
  });

  test('has an equivalent PyTorch module', () => {
    expect(definitionOf(layer).torchModule(layer, { shape: input })).toBe(torchModule);
  });

  test('has the expected ONNX nodes, with which onnxruntime computes the same outputs', async ({ skip }) => {
    const context = { name: 'x', input: 'y', shape: input, parameters: [], opset: MAX_OPSET };
    expect(onnxNodesOf(layer, context).map(({ type }) => type)).toEqual(onnxNodes);
    const runtime = (await findOnnxRuntime()) ?? skip('no onnxruntime-web');
    const compiled = await CompiledModel.create(saved);
    for (const opset of [MIN_OPSET, MAX_OPSET]) {
      const file = encodeOnnx(saved, { opset });
      const comparison = await compareWithOnnx(file, compiled, randomImages(saved.model, 20), runtime);
      expect(comparison).toMatchObject({ images: 20, differentPredictions: 0 });
      expect(comparison.maxDifference).toBeLessThan(1e-5);
    }
  });
});

test('PyTorch computes the same outputs', async ({ skip }) => {
  const python = findTorch() ?? skip(noTorch);
  const folder = temporaryFolder();
  for (const [index, layerCase] of all.entries()) {
    const path = join(folder, `case${index}.py`);
    await exportModel(savedModelOf(layerCase), { format: 'torch', path });
  }
  // Each program compares its results with Inkling's and raises an error if they differ.
  const program = `import runpy\nfor i in range(${all.length}): runpy.run_path(f"case{i}.py", run_name="__main__")\n`;
  writeFileSync(join(folder, 'all.py'), program);
  expect(runPythonProgram(python, ['all.py'], folder).trim().split('\n')).toHaveLength(all.length);
});
