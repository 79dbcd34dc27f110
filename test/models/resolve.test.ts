import { describe, expect, it } from 'vitest';
import { InklingError } from '#inkling/core/errors.js';
import {
  batchNorm1d,
  conv2d,
  flatten,
  globalAvgPool2d,
  hardSigmoid,
  type Layer,
  linear,
  maxPool2d,
  normalize,
  relu,
  residual,
  squeezeExcitation,
} from '#inkling/layers/index.js';
import type { Model } from '#inkling/models/model.js';
import { resolveModel } from '#inkling/models/resolve.js';

const conv = (outChannels: number, stride = 1) => conv2d({ outChannels, kernel: 3, padding: 1, stride });

function modelOf(...layers: readonly Layer[]): Model {
  return { name: 'm', input: [8, 8, 3], layers: [...layers, flatten(), linear({ outFeatures: 2 })] };
}

describe('a model', () => {
  const nested = modelOf(
    residual({
      name: 'block',
      layers: [conv(6, 2), residual({ name: 'inner', layers: [relu(), conv(6)] })],
      shortcut: [conv2d({ name: 'projection', outChannels: 6, kernel: 1, stride: 2, bias: false })],
    }),
  );

  it('lists a residual after its layers, whose names are prefixed with its name', () => {
    const { allLayers, parameters } = resolveModel(nested);
    expect(allLayers.map(({ index, name, output }) => [index, name, output.shape.join('×')])).toEqual([
      [0, 'block.0', '4×4×6'],
      [1, 'block.inner.0', '4×4×6'],
      [2, 'block.inner.1', '4×4×6'],
      [3, 'block.inner', '4×4×6'],
      [4, 'block.shortcut.projection', '4×4×6'],
      [5, 'block', '4×4×6'],
      [6, '1', '96'],
      [7, '2', '2'],
    ]);
    expect(parameters.map(({ name }) => name)).toEqual([
      'block.0.weight',
      'block.0.bias',
      'block.inner.1.weight',
      'block.inner.1.bias',
      'block.shortcut.projection.weight',
      '2.weight',
      '2.bias',
    ]);
  });

  it('names the layers of squeeze and excitation like torchvision, and outputs the shape of its input', () => {
    const { allLayers, parameters } = resolveModel(
      modelOf(
        residual({
          name: 'features.1',
          layers: [
            conv2d({ name: 'block.0.0', outChannels: 3, kernel: 1, bias: false }),
            squeezeExcitation({
              name: 'block.1',
              layers: [
                globalAvgPool2d({ name: 'avgpool' }),
                conv2d({ name: 'fc1', outChannels: 2, kernel: 1 }),
                relu({ name: 'activation' }),
                conv2d({ name: 'fc2', outChannels: 3, kernel: 1 }),
                hardSigmoid({ name: 'scale_activation' }),
              ],
            }),
          ],
        }),
      ),
    );
    expect(parameters.map(({ name }) => name).slice(0, 5)).toEqual([
      'features.1.block.0.0.weight',
      'features.1.block.1.fc1.weight',
      'features.1.block.1.fc1.bias',
      'features.1.block.1.fc2.weight',
      'features.1.block.1.fc2.bias',
    ]);
    const outputs = allLayers.map(({ name, output }) => [name, output.shape.join('×')]);
    expect(outputs[5]).toEqual(['features.1.block.1.scale_activation', '1×1×3']);
    expect(outputs[6]).toEqual(['features.1.block.1', '8×8×3']);
  });

  it('has the halos of zeros that convolutions need', () => {
    const halos = resolveModel(
      modelOf(
        conv(4),
        relu(),
        residual({ layers: [conv2d({ outChannels: 4, kernel: 5, padding: 2 })] }),
        relu(),
      ),
    ).allLayers.map(({ halos }) => Object.values(halos as object).map((halo) => (halo as number[])[0]));
    // The halos of the input, the output, the gradient of the input and that of the output.
    expect(halos).toEqual([
      [1, 2, 0, 1],
      [2, 2, 1, 1],
      [2, 0, 1, 2],
      [2, 0, 1, 2],
      [0, 0, 2, 2],
      [0, 0, 2, 0],
      [0, 0, 0, 0],
    ]);
  });

  it('has the halo of the larger side of an asymmetric padding, for the shape that a convolution receives', () => {
    const same = conv2d({ outChannels: 4, kernel: 5, stride: 2, padding: 'same' });
    const halos = resolveModel(modelOf(same, relu(), residual({ layers: [same], shortcut: [same] }))).layers;
    // An image of 8 pixels is padded by 1 and 2, one of 4 pixels too.
    expect(halos.map(({ halos: { input, output } }) => [input, output])).toEqual([
      [
        [2, 2],
        [2, 2],
      ],
      [
        [2, 2],
        [2, 2],
      ],
      [
        [2, 2],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ]);
  });

  it('may give the shortcut another name', () => {
    const layers = { layers: [conv(3)], shortcut: [conv(3)], shortcutName: 'downsample' };
    const { parameters } = resolveModel(modelOf(residual({ name: 'block', ...layers })));
    expect(parameters.map(({ name }) => name).slice(0, 4)).toEqual([
      'block.0.weight',
      'block.0.bias',
      'block.downsample.0.weight',
      'block.downsample.0.bias',
    ]);
  });

  it.each<[string, Layer, string]>([
    [
      'a mean for another number of channels',
      normalize({ name: 'n', mean: [0.5], deviation: [1, 1, 1] }),
      'n (normalize): mean: expected 3 numbers, one for each channel of its input, got 1',
    ],
    [
      'a layer with the other name of the shortcut',
      residual({ name: 'r', layers: [relu({ name: 'down.0' })], shortcutName: 'down' }),
      'r (residual): one of its layers is named "down", which is reserved for the shortcut; rename it',
    ],
    [
      'a sum of different shapes',
      residual({ name: 'r', layers: [conv(6, 2)] }),
      'r (residual): its layers output 4×4×6, but their input is 8×8×3; add a shortcut with the same output shape, ' +
        'such as a 1×1 convolution with the stride of the layers',
    ],
    [
      'a shortcut with a different output shape',
      residual({ name: 'r', layers: [conv(6)], shortcut: [conv(5)] }),
      'r (residual): its layers output 8×8×6, but its shortcut outputs 8×8×5; add a shortcut with the same output shape, ' +
        'such as a 1×1 convolution with the stride of the layers',
    ],
    [
      'an inner layer that does not fit its input',
      residual({ name: 'r', layers: [residual({ layers: [maxPool2d({ name: 'pool', kernel: 9 })] })] }),
      'r.0.pool (maxPool2d): window 9×9 exceeds its 8×8 input; remove a pooling layer',
    ],
    [
      'groups that do not divide the channels',
      conv2d({ name: 'c', outChannels: 6, kernel: 1, groups: 2 }),
      'c (conv2d): groups: expected a divisor of 3 input and 6 output channels, got 2',
    ],
    [
      'an image as input of batchNorm1d',
      batchNorm1d({ name: 'n' }),
      'n (batchNorm1d): expected a vector, got an image of 8×8×3; use batchNorm2d, or add a flatten layer before it',
    ],
    [
      'squeeze and excitation with a factor for each pixel',
      squeezeExcitation({ name: 's', layers: [conv(3)] }),
      's (squeezeExcitation): expected its layers to output 1×1×3, a factor for each channel of the input, got 8×8×3; ' +
        'begin with globalAvgPool2d and end with as many channels as the input has',
    ],
    [
      'squeeze and excitation with too few factors',
      squeezeExcitation({ name: 's', layers: [globalAvgPool2d(), conv(2)] }),
      's (squeezeExcitation): expected its layers to output 1×1×3, a factor for each channel of the input, got 1×1×2; ' +
        'begin with globalAvgPool2d and end with as many channels as the input has',
    ],
    [
      'squeeze and excitation of a vector',
      residual({
        name: 'r',
        layers: [flatten(), squeezeExcitation({ layers: [relu()] })],
        shortcut: [flatten()],
      }),
      'r.1 (squeezeExcitation): expected an image of height×width×channels, got 192; move the layer before flatten',
    ],
    [
      'a padding of more than half of the window',
      maxPool2d({ name: 'p', kernel: [3, 4], padding: 2 }),
      'p (maxPool2d): padding: expected at most half of the window 3×4, got 2×2',
    ],
    [
      'two inner layers with the same name',
      residual({ name: 'r', layers: [relu({ name: 'a' }), relu({ name: 'a' })] }),
      'm: two layers are named "r.a"; rename one',
    ],
    [
      'a layer with the name of the shortcut',
      residual({ name: 'r', layers: [relu({ name: 'shortcut.0' })] }),
      'r (residual): one of its layers is named "shortcut", which is reserved for the shortcut; rename it',
    ],
  ])('rejects %s', (_what, layer, message) => {
    expect(() => resolveModel(modelOf(layer))).toThrow(new InklingError(message));
  });
});
