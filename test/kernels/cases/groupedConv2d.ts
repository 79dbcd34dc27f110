import type { Pair } from '#inkling/core/shape.js';
import type { GroupedConv2dOp } from '#inkling/plan/ops/groupedConv2d.js';
import type { CasesOf } from '../harness/opCases.js';
import type { OpDraw } from '../harness/opDraw.js';
import { hasBias, paddedImage, reluOf } from '../harness/opInputs.js';

export const cases: CasesOf<GroupedConv2dOp['op']> = {
  groupedConv2d: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, dilation, input, output } = draw.window(
        'output',
        5,
        3,
        largestDilation(draw),
      );
      const { groups, inputs, outputs, weightShape } = groupsOf(draw, kernel);
      const weight = draw.shared('weight', weightShape);
      const weights = hasBias(draw) ? { weight, bias: draw.shared('bias', [outputs]) } : { weight };
      return {
        op: 'groupedConv2d',
        reads: { input: paddedImage(draw, 'input', [...input, inputs], padding), ...weights },
        writes: { output: draw.image('output', [...output, outputs]) },
        kernel,
        stride,
        padding,
        dilation,
        groups,
        relu: reluOf(draw),
      };
    },
  },
  groupedConv2dInputGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, dilation, input, output } = draw.window(
        'input',
        5,
        3,
        largestDilation(draw),
      );
      const { groups, inputs, outputs } = groupsOf(draw, kernel);
      const transposed = draw.shared('transposed', [...kernel, outputs, inputs / groups]);
      return {
        op: 'groupedConv2dInputGrad',
        reads: { outputGrad: draw.image('outputGrad', [...output, outputs]), transposed },
        writes: { inputGrad: draw.image('inputGrad', [...input, inputs]) },
        kernel,
        stride,
        padding,
        dilation,
        groups,
      };
    },
  },
  groupedConv2dWeightGrad: {
    accuracy: 'summed',
    draw(draw) {
      const { kernel, stride, padding, dilation, input, output } = draw.window(
        'output',
        5,
        3,
        largestDilation(draw),
      );
      const { groups, inputs, outputs, weightShape } = groupsOf(draw, kernel);
      const weightPartials = draw.perTask('weightPartials', weightShape);
      return {
        op: 'groupedConv2dWeightGrad',
        reads: {
          input: paddedImage(draw, 'input', [...input, inputs], padding),
          outputGrad: draw.image('outputGrad', [...output, outputs]),
        },
        writes: hasBias(draw)
          ? { weightPartials, biasPartials: draw.perTask('biasPartials', [outputs]) }
          : { weightPartials },
        kernel,
        stride,
        padding,
        dilation,
        groups,
      };
    },
  },
};

/** Half of the cases are dilated. */
function largestDilation(draw: OpDraw): number {
  return draw.index % 2 === 0 ? 4 : 1;
}

/** One group per channel in two of three cases, otherwise a few groups of several channels. */
function groupsOf(draw: OpDraw, kernel: Pair) {
  const isDepthwise = draw.index % 3 !== 0;
  const groups = isDepthwise ? draw.channels : draw.integer(1, 4);
  const inputs = isDepthwise ? groups : groups * draw.integer(1, 5);
  const outputs = isDepthwise ? groups : groups * draw.integer(1, 18);
  return { groups, inputs, outputs, weightShape: [...kernel, inputs / groups, outputs] };
}
