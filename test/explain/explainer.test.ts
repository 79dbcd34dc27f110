import { expect, test } from 'vitest';
import { loadBackbone } from '#inkling/backbones/loadBackbone.js';
import { UsageError } from '#inkling/core/errors.js';
import { toUnitFloats } from '#inkling/core/pixels.js';
import { activationMap } from '#inkling/explain/activationMap.js';
import { Explainer, type SaliencyRequest } from '#inkling/explain/explainer.js';
import { LayerGradients } from '#inkling/explain/layerGradients.js';
import { CAM_METHODS, defaultMethod, methodsFor } from '#inkling/explain/methods.js';
import { chooseLayer } from '#inkling/explain/spatialLayers.js';
import type { SavedModel } from '#inkling/interop/checkpoint.js';
import { batchNorm2d, conv2d, flatten, linear, maxPool2d, relu } from '#inkling/layers/index.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { goldenFile, goldenTensor, noGolden, noWeights, weightsFolder } from '../helpers/golden.js';

const sines = (count: number, frequency: number, offset = 0, factor = 1) =>
  Float32Array.from({ length: count }, (_, i) => offset + factor * Math.sin((i + 1) * frequency));

const small: SavedModel = {
  model: {
    name: 'small',
    input: [6, 6, 1],
    layers: [
      conv2d({ name: 'conv1', outChannels: 3, kernel: 3, padding: 1 }),
      batchNorm2d({ name: 'norm' }),
      relu({ name: 'relu' }),
      maxPool2d({ name: 'pool', kernel: 2 }),
      conv2d({ name: 'conv2', outChannels: 4, kernel: 2 }),
      flatten({ name: 'flatten' }),
      linear({ name: 'fc', outFeatures: 2 }),
    ],
  },
  weights: new Map([
    ['conv1.weight', sines(27, 0.7)],
    ['conv1.bias', sines(3, 0.3)],
    ['norm.weight', sines(3, 1.1, 1, 0.5)],
    ['norm.bias', sines(3, 0.9)],
    ['norm.running_mean', sines(3, 0.5, 0, 0.1)],
    ['norm.running_var', sines(3, 1.3, 1, 0.5)],
    ['conv2.weight', sines(48, 0.37)],
    ['conv2.bias', sines(4, 0.6)],
    ['fc.weight', sines(32, 0.9)],
    ['fc.bias', sines(2, 1.7)],
  ]),
  classes: ['a', 'b'],
  dataset: 'sines',
  inputKind: 'image',
  batches: 0,
};
const image = sines(36, 0.8, 0.5, 0.5);

async function explainerOf(saved: SavedModel): Promise<Explainer> {
  return Explainer.of(await CompiledModel.create(saved));
}

/** PyTorch's maps for this network, at 6×6 positions, row by row; what is not listed is 0. */
const torch = [
  {
    request: { layer: 'relu', method: 'layer-cam', label: 'a' },
    values: {
      1: 0.09479,
      3: 0.0934,
      4: 0.11685,
      7: 0.06383,
      11: 0.02745,
      17: 1,
      19: 0.38263,
      20: 0.33479,
      25: 0.1279,
      27: 0.14604,
    },
  },
  {
    request: { layer: 'relu', method: 'grad-cam', label: 'a' },
    values: { 11: 0.44322, 12: 0.04237, 17: 1, 18: 0.11913, 23: 0.88671, 29: 0.31011 },
  },
  {
    request: { layer: 'relu', method: 'layer-cam', label: 'b' },
    values: {
      1: 0.15023,
      3: 0.1221,
      11: 0.90857,
      17: 1,
      19: 0.38327,
      20: 0.35977,
      25: 0.58502,
      27: 0.23836,
      34: 0.1809,
    },
  },
  { request: { layer: 'relu', method: 'grad-cam', label: 'b' }, values: { 18: 1 } },
] as const;

test.each(torch)('computes $request as PyTorch does', async ({ request, values }) => {
  const expected = Array.from({ length: 36 }, (_, i) => (values as Record<number, number>)[i] ?? 0);
  const saliency = await (await explainerOf(small)).saliency(image, request);
  expect(saliency).toMatchObject({ ...request, shape: [6, 6] });
  expectValues(saliency.values, expected);
});

test('the last layer that outputs an image is the default, and its map has the size of the image', async () => {
  const saliency = await (await explainerOf(small)).saliency(image, { method: 'layer-cam' });
  // The larger logit is that of class a: 0.92 and -1.79.
  expect(saliency).toMatchObject({ label: 'a', method: 'layer-cam', layer: 'conv2', shape: [6, 6] });
  // PyTorch: 0, 1, 0.37393, 0 at 2×2 positions
  const corners = [0, 5, 30, 35].map((i) => saliency.values[i]);
  [0, 1, 0.37393, 0].forEach((value, i) => {
    expect(corners[i]).toBeCloseTo(value, 4);
  });
});

test('nothing counts for a class whose mean gradients are negative', async () => {
  const saliency = await (await explainerOf(small)).saliency(image, { method: 'grad-cam', label: 'b' });
  expect([...new Set(saliency.values)]).toEqual([0]);
});

test('LayerCAM is the default for photos and where a layer is named, otherwise occlusion', async () => {
  expect(defaultMethod(small)).toBe('occlusion');
  expect(defaultMethod({ ...small, inputKind: 'photo' })).toBe('layer-cam');
  const explainer = await explainerOf(small);
  expect(await explainer.saliency(image)).toMatchObject({ method: 'occlusion' });
  expect(await explainer.saliency(image)).not.toHaveProperty('layer');
  expect(await explainer.saliency(image, { layer: 'pool' })).toMatchObject({
    method: 'layer-cam',
    layer: 'pool',
  });
});

const vector: SavedModel = {
  ...small,
  model: { ...small.model, layers: [flatten({ name: 'flatten' }), linear({ name: 'fc', outFeatures: 2 })] },
  weights: new Map([
    ['fc.weight', sines(72, 0.9)],
    ['fc.bias', sines(2, 1.7)],
  ]),
  inputKind: 'photo',
};

test('a network without images inside is explained by the gradient, and by occlusion', async () => {
  expect([methodsFor(vector), defaultMethod(vector)]).toEqual([['gradient', 'occlusion'], 'occlusion']);
  // The gradient of a linear layer is its weight: that of class b is at odd places.
  const { values } = await (await explainerOf(vector)).saliency(image, { method: 'gradient', label: 'b' });
  const weights = sines(72, 0.9)
    .filter((_, i) => i % 2 === 1)
    .map(Math.abs);
  expectValues(
    values,
    [...weights].map((weight) => weight / Math.max(...weights)),
  );
  const explainer = await explainerOf(vector);
  await expect(explainer.saliency(image, { method: 'grad-cam' })).rejects.toThrow(
    new UsageError(
      'small: expected a layer that outputs an image of at least 2×2 pixels, got none; use the method occlusion',
    ),
  );
});

test.each<[SaliencyRequest, string]>([
  [
    { layer: 'rely' },
    'small: unknown layer "rely" (did you mean "relu"?); expected conv1, norm, relu, pool or conv2',
  ],
  [
    { layer: 'fc', method: 'grad-cam' },
    'small: layer "fc": expected one that outputs an image of at least 2×2 pixels, got one that outputs 2; use conv1, norm, relu, pool or conv2',
  ],
  [
    { layer: 'relu', method: 'occlusion' },
    'layer: expected none for occlusion, got "relu"; omit it, or use layer-cam or grad-cam',
  ],
  [
    { layer: 'relu', method: 'gradient' },
    'layer: expected none for gradient, got "relu"; omit it, or use layer-cam or grad-cam',
  ],
  [{ label: 'c' }, 'unknown class "c"; expected a or b'],
  [
    { method: 'layercam' as 'layer-cam' },
    'unknown method "layercam" (did you mean "layer-cam"?); expected layer-cam, grad-cam, gradient or occlusion',
  ],
])('what cannot be explained is an error: %j', async (request, message) => {
  const explainer = await explainerOf(small);
  expect(() => {
    explainer.check(request);
  }).toThrow(new UsageError(message));
  await expect(explainer.saliency(image, request)).rejects.toThrow(new UsageError(message));
});

// For the cat of scikit-image, and its ImageNet class 282; PyTorch's autograd through the network of make_golden.py.
const cat = {
  'layer-cam': [
    [0.2565, 0.4624, 0.3461, 0.2799, 0.2222, 0.4356, 0.3219],
    [0.4372, 0.6045, 0.5573, 0.498, 0.4787, 0.6016, 0.3687],
    [0.3789, 0.7461, 0.458, 0.3897, 0.3312, 0.6405, 0.1524],
    [0.4117, 1.0, 0.5593, 0.3981, 0.2838, 0.4985, 0.1319],
    [0.3687, 0.9335, 0.5585, 0.6413, 0.4781, 0.5088, 0.1485],
    [0.3724, 0.8227, 0.6608, 0.8975, 0.7442, 0.8139, 0.2297],
    [0.3819, 0.4412, 0.2719, 0.3017, 0.3675, 0.4759, 0.2296],
  ],
  'grad-cam': [
    [0.2456, 0.4368, 0.3548, 0.2965, 0.2333, 0.466, 0.3449],
    [0.4256, 0.5822, 0.5733, 0.5272, 0.4926, 0.6252, 0.3869],
    [0.3911, 0.7774, 0.5035, 0.4165, 0.3414, 0.6188, 0.1469],
    [0.4151, 1.0, 0.6, 0.4207, 0.2986, 0.5068, 0.139],
    [0.3819, 0.9231, 0.5588, 0.6597, 0.5048, 0.5364, 0.1586],
    [0.3512, 0.7774, 0.6698, 0.8429, 0.7599, 0.8073, 0.2409],
    [0.339, 0.3683, 0.2663, 0.2581, 0.3404, 0.4447, 0.2441],
  ],
};
/** LayerCAM inside a residual block, at every 29th of 14×14 positions. */
const inside = [0.185345, 0.15061, 0.279766, 0.286644, 0.190186, 0.36018, 0.226464];

test('published weights are explained as in PyTorch', async ({ skip }) => {
  const golden = goldenFile('efficientnet-lite0/golden.safetensors') ?? skip(noGolden);
  const dataDir = weightsFolder('efficientnet-lite0') ?? skip(noWeights);
  const saved = await loadBackbone({
    name: 'efficientnet-lite0',
    input: [224, 224, 3],
    dataDir,
    environment: {},
  });
  const resolved = resolveModel(saved.model);
  const pixels = toUnitFloats(goldenTensor(golden, 'chelsea.pixels'));
  const gradientAt = async (layer?: string) => {
    const gradients = await LayerGradients.create(resolved, saved.weights, chooseLayer(resolved, layer));
    return gradients.of(pixels, 282);
  };
  const last = await gradientAt();
  for (const method of CAM_METHODS) expectValues(activationMap(last, method), cat[method].flat());
  const map = activationMap(await gradientAt('_blocks.9._bn1_relu'), 'layer-cam');
  expectValues(
    map.filter((_, i) => i % 29 === 0),
    inside,
  );
});

function expectValues(values: Float32Array, expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(values[i]).toBeCloseTo(value, 3);
  });
}
