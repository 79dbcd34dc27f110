/**
 * Weights with torchvision's names, which compute torchvision's logits. Those expected here are what torchvision 0.29.2 computes with
 * weights and an image of the same formulas:
 *
 *   import numpy as np, torch, torchvision
 *   def uniform(seed, shape):
 *       x = np.arange(int(np.prod(shape)), dtype=np.uint32) + np.uint32(seed * 0x9e3779b1 & 0xffffffff)
 *       for shift, factor in [(16, 0x7feb352d), (15, 0x846ca68b)]:
 *           x = (x ^ x >> np.uint32(shift)) * np.uint32(factor)
 *       return ((x ^ x >> np.uint32(16)) / 2**32).reshape(shape)
 *   def weights(name, t):
 *       seed = 0
 *       for c in name: seed = (31 * seed + ord(c)) & 0xffffffff
 *       if t.ndim == 0: return torch.tensor(7)
 *       if t.ndim == 1 and name.endswith(('weight', 'running_var')): v = 0.5 + uniform(seed, t.shape)
 *       elif t.ndim == 1: v = uniform(seed, t.shape) / 5 - 0.1
 *       else: v = (2 * uniform(seed, t.shape) - 1) * (6 / np.prod(t.shape[1:])) ** 0.5
 *       return torch.tensor(v, dtype=torch.float32)
 *   x = torch.tensor(uniform(1, (1, 3, 64, 64)), dtype=torch.float32)
 *   mean, std = [torch.tensor(v).view(3, 1, 1) for v in ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])]
 *   for build in ['resnet18', 'mobilenet_v2', 'mobilenet_v3_small']:
 *       model = getattr(torchvision.models, build)(num_classes=3)
 *       model.load_state_dict({name: weights(name, t) for name, t in model.state_dict().items()})
 *       with torch.no_grad(): print(build, model.eval()((x - mean) / std)[0].tolist())
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sizeOf } from '#inkling/core/shape.js';
import type { Dataset, ImageSet } from '#inkling/data/dataset.js';
import type { SavedTensor } from '#inkling/interop/dtypes.js';
import { preset } from '#inkling/models/presets.js';
import { resolveModel } from '#inkling/models/resolve.js';
import { CompiledModel } from '#inkling/predict/compiledModel.js';
import { readSavedModel } from '#inkling/predict/load.js';
import { allButHead } from '#inkling/train/fineTune.js';
import { temporaryFolder } from '../data/tinySet.js';
import { stateDictFile } from '../interop/torch/file/torchFiles.js';
import { inkling } from './capture.js';

const SIDE = 64;
const SHAPE = [SIDE, SIDE, 3];
const CLASSES = ['a', 'b', 'c'];

/** A number from 0 to 1 for an element of a tensor. */
function uniform(seed: number, index: number): number {
  let x = (index + Math.imul(seed, 0x9e3779b1)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** The values of a weight, which follow from its name and shape. */
function tensorNamed(name: string, shape: readonly number[]): SavedTensor {
  const seed = [...name].reduce((sum, letter) => (Math.imul(31, sum) + letter.charCodeAt(0)) >>> 0, 0);
  const isScale = /(weight|running_var)$/.test(name);
  const bound = Math.sqrt(6 / sizeOf(shape.slice(1)));
  const values = Float32Array.from({ length: sizeOf(shape) }, (_, index) => {
    const drawn = uniform(seed, index);
    if (shape.length > 1) return (2 * drawn - 1) * bound;
    return isScale ? 0.5 + drawn : drawn / 5 - 0.1;
  });
  return { dtype: 'F32', shape, values };
}

/** The `state_dict` of a network, in a file as PyTorch writes it. */
function fileOf(name: string): Uint8Array {
  const tensors = new Map<string, SavedTensor>();
  for (const { name: parameter, spec } of resolveModel(preset(name, { input: SHAPE, classes: 3 }))
    .parameters) {
    tensors.set(parameter, tensorNamed(parameter, spec.torch.shape));
    if (!parameter.endsWith('running_var')) continue;
    const counter = parameter.replace('running_var', 'num_batches_tracked');
    tensors.set(counter, { dtype: 'I64', shape: [], values: BigInt64Array.of(7n) });
  }
  return stateDictFile(tensors);
}

/** The image, channels last. */
const image = Float32Array.from({ length: sizeOf(SHAPE) }, (_, index) => {
  const [pixel, channel] = [Math.floor(index / 3), index % 3];
  return uniform(1, channel * SIDE * SIDE + pixel);
});

/** Photos of noise. */
function photos(count: number): ImageSet {
  return {
    images: Uint8Array.from({ length: count * sizeOf(SHAPE) }, (_, index) => 256 * uniform(2, index)),
    labels: Uint8Array.from({ length: count }, (_, index) => index % 3),
  };
}

const dataset: Dataset = {
  name: 'noise',
  source: { kind: 'generated', location: 'the tests', verified: false, sha256: {} },
  shape: SHAPE,
  inputKind: 'photo',
  classes: CLASSES,
  train: photos(12),
  test: photos(3),
};

async function logitsOf(run: string): Promise<number[]> {
  const model = await CompiledModel.create(readSavedModel(run));
  const { logits } = model.runSync(image);
  await model.close();
  return [...logits];
}

/** Relative to the largest one, which is far from 1 for some of these weights. */
function expectClose(logits: readonly number[], expected: readonly number[]): void {
  const largest = Math.max(...expected.map(Math.abs));
  expect(logits.map((logit) => logit / largest)).toEqual(
    expected.map((logit) => expect.closeTo(logit / largest, 4) as number),
  );
}

test.each([
  ['resnet-18', [27.565275192260742, 130.3646697998047, 42.134525299072266]],
  ['mobilenet-v2', [-2.879733085632324, -0.9090082049369812, 1.5152252912521362]],
  ['mobilenet-v3-small', [-6.3989667892456055, -2.794682264328003, -4.925567626953125]],
])('%s has the logits of torchvision, imported and as the start of a run', async (name, expected) => {
  const runs = temporaryFolder();
  const file = join(runs, 'weights.pth');
  writeFileSync(file, fileOf(name));
  const flags = ['--model', name, '--run-dir', runs, '--quiet'];
  const options = { loadDataset: () => Promise.resolve(dataset) };

  expect((await inkling(['import', file, ...flags, '--name', 'imported'], options)).stderr).toBe('');
  expectClose(await logitsOf(join(runs, 'imported-1')), expected);

  // The last layer is trained, but not changed: its learning rate is too low.
  const frozen = allButHead(resolveModel(preset(name, { input: SHAPE, classes: 3 }))).join(',');
  const train = ['train', '--init-from', file, '--freeze', frozen, '--lr', '1e-30', '--epochs', '1'];
  expect((await inkling([...train, ...flags, '--name', 'started'], options)).stderr).toBe('');
  expectClose(await logitsOf(join(runs, 'started-1')), expected);
});
