import type { Pair } from '#inkling/core/shape.js';
import type { Conv2dOp } from '#inkling/plan/ops/conv2d.js';
import { TASKS } from '#inkling/plan/plan.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { hasBias, paddedImage, reluOf } from '../harness/opInputs.js';
import { convolutionOf, tileSizeOf, transformable } from '../harness/winogradDraw.js';

export const cases: CasesOf<Conv2dOp['op']> = {
  conv2d: {
    accuracy: 'summed',
    draw(draw) {
      const usesWinograd = draw.index % 2 === 1;
      const { kernel, stride, padding, dilation, input, output, inputs, outputs } = convolutionOf(
        draw,
        'output',
        usesWinograd,
      );
      const image = paddedImage(draw, 'input', [...input, inputs], padding);
      const weights = usesWinograd
        ? transformable(draw, 'weight', inputs, outputs)
        : { weight: draw.shared('weight', [...kernel, inputs, outputs]) };
      const bias = hasBias(draw) && { bias: draw.shared('bias', [outputs]) };
      return {
        op: 'conv2d',
        reads: { input: image, ...weights, ...bias },
        writes: { output: draw.image('output', [...output, outputs]) },
        kernel,
        stride,
        padding,
        dilation,
        relu: reluOf(draw),
      };
    },
  },
  conv2dInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const usesWinograd = draw.index % 2 === 1;
      const { kernel, stride, padding, dilation, input, output, inputs, outputs } = convolutionOf(
        draw,
        'input',
        usesWinograd,
      );
      const needed: Pair = [Math.max(0, kernel[0] - 1 - padding[0]), Math.max(0, kernel[1] - 1 - padding[1])];
      const weights = usesWinograd
        ? transformable(draw, 'transposed', outputs, inputs)
        : { transposed: draw.shared('transposed', [...kernel, outputs, inputs]) };
      return {
        op: 'conv2dInputGrad',
        reads: { outputGrad: paddedImage(draw, 'outputGrad', [...output, outputs], needed), ...weights },
        writes: { inputGrad: draw.image('inputGrad', [...input, inputs]) },
        kernel,
        stride,
        padding,
        dilation,
      };
    },
  },
  conv2dWeightGrad: {
    accuracy: 'summed',
    draw: (draw) => weightGradOf(draw, 'conv2dWeightGrad', TASKS),
  },
  conv2dGroupWeightGrad: {
    accuracy: 'summed',
    draw: (draw) => weightGradOf(draw, 'conv2dGroupWeightGrad', [1, 2, 4, 8][draw.integer(0, 3)]),
  },
};

function weightGradOf<Name extends 'conv2dWeightGrad' | 'conv2dGroupWeightGrad'>(
  draw: OpDraw,
  op: Name,
  groups: number,
) {
  const winograd = draw.index % 2 === 1;
  const { kernel, stride, padding, dilation, input, output, inputs, outputs } = convolutionOf(
    draw,
    'output',
    winograd,
  );
  const weightPartials = draw.perGroup('weightPartials', [kernel[0] * kernel[1] * inputs * outputs], groups);
  return {
    op,
    reads: {
      input: paddedImage(draw, 'input', [...input, inputs], padding),
      outputGrad: draw.image('outputGrad', [...output, outputs]),
    },
    writes: hasBias(draw)
      ? { weightPartials, biasPartials: draw.perGroup('biasPartials', [outputs], groups) }
      : { weightPartials },
    kernel,
    stride,
    padding,
    dilation,
    ...(winograd && { tileSize: tileSizeOf(draw) }),
  };
}
