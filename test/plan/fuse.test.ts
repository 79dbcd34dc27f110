import { describe, expect, it } from 'vitest';
import {
  batchNorm2d,
  conv2d,
  dropout,
  flatten,
  type Layer,
  linear,
  maxPool2d,
  relu,
  relu6,
  residual,
} from '#inkling/layers/index.js';
import { planNetwork } from '../helpers/network.js';

function opsOf(layers: readonly Layer[], mode: 'training' | 'evaluation' = 'training'): string[] {
  const network = planNetwork({
    imageShape: [8, 8, 1],
    imageCount: 4,
    batchSize: 4,
    mode,
    layers: [...layers, flatten(), linear({ outFeatures: 3 })],
  });
  return network.plan.stages.flatMap(({ ops }) => ops.map(({ op }) => op));
}

const conv = (outChannels: number) => conv2d({ outChannels, kernel: 3 });
const REPLACED = ['scaleShift', 'relu', 'maxPool2d', 'maxPool2dGrad', 'reluGrad', 'batchNormGradSums'];

describe('fuse', () => {
  it('replaces normalization, ReLU and pooling with one operation', () => {
    const ops = opsOf([conv(4), batchNorm2d(), relu(), maxPool2d({ kernel: 2 })]);
    for (const name of REPLACED) expect(ops).not.toContain(name);
    expect(ops.filter((name) => name.startsWith('normReluPool2d'))).toEqual([
      'normReluPool2d',
      'normReluPool2dGradSums',
      'normReluPool2dInputGrad',
    ]);
  });

  it.each([
    ['evaluation', [6, 6, 4]],
    ['training', [7, 7, 4]],
  ] as const)('omits the row and column that pooling drops only in evaluation: %s', (mode, shape) => {
    const { plan } = planNetwork({
      imageShape: [9, 9, 1],
      imageCount: 4,
      batchSize: 4,
      mode,
      layers: [
        conv(4),
        batchNorm2d(),
        relu(),
        maxPool2d({ kernel: 2 }),
        flatten(),
        linear({ outFeatures: 3 }),
      ],
    });
    const ops = plan.stages.flatMap((stage) => stage.ops);
    const convolution = ops.find((op) => op.op === 'conv2d');
    const pool = ops.find((op) => op.op === 'normReluPool2d');
    expect(convolution?.writes.output.shape).toEqual(shape);
    expect(pool?.reads.input).toEqual(convolution?.writes.output);
  });

  it('fuses in evaluation too', () => {
    const ops = opsOf([conv(4), batchNorm2d(), relu(), maxPool2d({ kernel: 2 })], 'evaluation');
    expect(ops).toContain('normReluPool2d');
    expect(ops).not.toContain('relu');
  });

  it.each<[string, Layer[]]>([
    ['channels that do not fill vectors', [conv(6), batchNorm2d(), relu(), maxPool2d({ kernel: 2 })]],
    ['a maximum', [conv(4), batchNorm2d(), relu6(), maxPool2d({ kernel: 2 })]],
    ['a different window', [conv(4), batchNorm2d(), relu(), maxPool2d({ kernel: 3, stride: 2 })]],
    ['padding', [conv(4), batchNorm2d(), relu(), maxPool2d({ kernel: 2, padding: 1 })]],
    ['no ReLU', [conv(4), batchNorm2d(), maxPool2d({ kernel: 2 })]],
    [
      'a layer in between',
      [conv(4), batchNorm2d(), relu(), dropout({ probability: 0.5 }), maxPool2d({ kernel: 2 })],
    ],
  ])('does not fuse pooling: %s', (_what, layers) => {
    const ops = opsOf(layers);
    expect(ops).toContain('maxPool2d');
    expect(ops).toContain('maxPool2dGrad');
    expect(ops.some((name) => name.startsWith('normReluPool2d'))).toBe(false);
  });

  it.each<[string, Layer[]]>([
    ['alone', [conv(6), batchNorm2d(), relu()]],
    ['before a convolution', [conv(6), batchNorm2d(), relu(), conv(3)]],
    ['with a maximum', [conv(6), batchNorm2d(), relu6(), conv(3)]],
    ['before dropout', [conv(6), batchNorm2d(), relu(), dropout({ probability: 0.5 })]],
  ])(
    'puts one operation in the position of normalization and ReLU, forward and backward: %s',
    (_what, layers) => {
      const ops = opsOf(layers);
      for (const name of REPLACED) expect(ops).not.toContain(name);
      expect(ops.filter((name) => name.startsWith('norm'))).toEqual([
        'normRelu',
        'normReluGradSums',
        'normReluInputGrad',
      ]);
      expect(opsOf(layers, 'evaluation')).not.toContain('relu');
    },
  );

  const branch = [conv2d({ outChannels: 4, kernel: 3, padding: 1 }), batchNorm2d()];

  it.each<[string, Layer[]]>([
    ['the input', [conv(4), residual({ layers: branch }), relu()]],
    [
      'a shortcut',
      [conv(4), residual({ layers: branch, shortcut: [conv2d({ outChannels: 4, kernel: 1 })] }), relu()],
    ],
  ])('fuses the sum with %s between normalization and ReLU', (_what, layers) => {
    const forward = opsOf(layers, 'evaluation');
    for (const name of ['add', 'relu', 'scaleShift']) expect(forward).not.toContain(name);
    expect(forward).toContain('normRelu');
    // In the backward pass, the gradient of the sum flows to both branches.
    expect(opsOf(layers)).toContain('reluGrad');
  });

  it.each<[string, Layer[], string]>([
    ['a sum without a ReLU after it', [conv(4), residual({ layers: branch })], 'add'],
    [
      'a normalization whose output a residual also adds',
      [conv(4), batchNorm2d(), residual({ layers: [relu(), ...branch] }), relu()],
      'scaleShift',
    ],
    ['a separate ReLU', [conv(4), batchNorm2d(), dropout({ probability: 0.5 }), relu()], 'scaleShift'],
  ])('does not fuse %s', (_what, layers, name) => {
    expect(opsOf(layers)).toContain(name);
  });

  it('passes the gradient of a sum to both of its inputs', () => {
    const ops = opsOf([conv(4), batchNorm2d(), relu(), residual({ layers: branch }), relu()]);
    expect(ops.filter((name) => name === 'normReluGradSums')).toHaveLength(1);
    expect(ops.filter((name) => name === 'batchNormGradSums')).toHaveLength(1);
  });
});
