import * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { formatShape, type Pair } from '../core/shape.js';
import { positiveInteger } from '../core/validate.js';
import { defineLayer } from './definition.js';
import type { Activation } from './layer.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import { planConv2d, planGroupedConv2d } from './shared/convolution.js';
import { optional } from '../core/fields.js';
import { bias, biasArgument, weightAndBias } from './shared/weighted.js';
import {
  asPair,
  dilatedKernel,
  formatSides,
  imageShape,
  paddingOf,
  paddingSize,
  pythonTuple,
  windowOutput,
  windowSize,
} from './shared/window.js';

const [DEFAULT_STRIDE, DEFAULT_PADDING, DEFAULT_DILATION, DEFAULT_GROUPS] = [1, 0, 1, 1];

const fields = {
  outChannels: positiveInteger.check(z.describe('Number of output channels')),
  kernel: windowSize.check(z.describe('Size of the kernel')),
  stride: optional(windowSize, 'Step between positions of the kernel', { default: DEFAULT_STRIDE }),
  padding: optional(
    paddingSize,
    'Zeros added on each side of the image; with `"same"`, as many as it takes for the output to have the size of the image ' +
      'divided by the stride, rounded up, of which an odd one is at the end, as in TensorFlow',
    { default: DEFAULT_PADDING },
  ),
  dilation: optional(windowSize, 'Distance of the taps of the kernel, in pixels', {
    default: DEFAULT_DILATION,
  }),
  groups: optional(
    positiveInteger,
    'Number of groups of channels: each output channel is computed from the input channels of its group only; must divide ' +
      'both numbers of channels',
    { default: DEFAULT_GROUPS },
  ),
  bias,
};

export const conv2d = defineLayer('conv2d', {
  fields,
  description:
    'Convolution (cross-correlation) of the image with learned kernels, plus a bias for each channel.',

  inferOutput(layer, input, who) {
    const [height, width, inputs] = imageShape(input.shape, who);
    const { extent, stride, padding, end } = conv2dWindow(layer, input);
    const padded: Pair = [height + padding[0] + end[0], width + padding[1] + end[1]];
    if (extent[0] > padded[0] || extent[1] > padded[1]) {
      throw new InklingError(
        `${who}: kernel ${formatShape(extent)} exceeds its ${formatShape(padded)} input; ` +
          'add padding or remove a pooling layer',
      );
    }
    const { groups = DEFAULT_GROUPS, outChannels } = layer;
    if (inputs % groups !== 0 || outChannels % groups !== 0) {
      throw new InklingError(
        `${who}: groups: expected a divisor of ${inputs} input and ${outChannels} output channels, got ${groups}`,
      );
    }
    return { shape: [...windowOutput(padded, extent, stride), outChannels] };
  },

  parameters(layer, input) {
    const kernel = asPair(layer.kernel);
    const inputs = inputsPerGroup(layer, input);
    const outputs = layer.outChannels;
    const shape = [outputs, inputs, ...kernel];
    return weightAndBias(layer, [...kernel, inputs, outputs], {
      axes: shape,
      shape,
      strides: [1, outputs, kernel[1] * inputs * outputs, inputs * outputs],
    });
  },

  multiplyAdds(layer, input, output) {
    const kernel = asPair(layer.kernel);
    const [height, width, channels] = output.shape;
    return height * width * channels * kernel[0] * kernel[1] * inputsPerGroup(layer, input);
  },

  // The padding at the end is never the smaller one.
  inputHalo: (layer, input) => conv2dWindow(layer, input).end,

  outputGradHalo(layer, input) {
    const { kernel, stride, padding, dilation } = conv2dWindow(layer, input);
    if (isGrouped(layer)) return [0, 0];
    // With steps of 1 the input gradient is itself a convolution, of the output gradient with the remaining padding.
    if ([...stride, ...dilation].some((step) => step > 1)) return [0, 0];
    return [Math.max(0, kernel[0] - 1 - padding[0]), Math.max(0, kernel[1] - 1 - padding[1])];
  },

  plan(layer, context) {
    const { kernel, stride, padding, dilation } = conv2dWindow(layer, context.input);
    const window = { kernel, stride, padding, dilation };
    if (isGrouped(layer)) return planGroupedConv2d(layer, { ...window, groups: layer.groups }, context);
    return planConv2d(layer, window, context);
  },

  torchModule(layer, input) {
    const { kernel, stride, padding, dilation, end } = conv2dWindow(layer, input);
    const isSymmetric = padding.every((zeros, axis) => zeros === end[axis]);
    const window = `kernel_size=${pythonTuple(kernel)}, stride=${pythonTuple(stride)}`;
    const zeros = isSymmetric ? `, padding=${pythonTuple(padding)}` : '';
    const taps = layer.dilation === undefined ? '' : `, dilation=${pythonTuple(dilation)}`;
    const groups = layer.groups === undefined ? '' : `, groups=${layer.groups}`;
    const constructor = isSymmetric ? 'nn.Conv2d' : 'SameConv2d';
    return `${constructor}(${input.shape[2]}, ${layer.outChannels}, ${window}${zeros}${taps}${groups}${biasArgument(layer)})`;
  },
});

export function title(layer: ReturnType<typeof conv2d>): string {
  const { padding = DEFAULT_PADDING, dilation, groups = DEFAULT_GROUPS } = layer;
  const taps = dilation === undefined ? '' : `, dilation ${String(dilation).replace(',', '×')}`;
  const suffix = groups === 1 ? '' : `, ${groups} groups`;
  return `Convolution ${formatSides(layer.kernel)}, padding ${String(padding).replace(',', '×')}${taps}${suffix}`;
}

export function onnxNodes(layer: ReturnType<typeof conv2d>, context: OnnxContext): readonly OnnxNode[] {
  const { kernel, stride, padding, dilation, end } = conv2dWindow(layer, { shape: context.shape });
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    ...(layer.dilation !== undefined && { dilations: { ints: dilation } }),
    pads: { ints: [...padding, ...end] },
    group: { int: layer.groups ?? DEFAULT_GROUPS },
  };
  return [onnxNode(context, 'Conv', attributes)];
}

type Conv2d = Readonly<z.infer<z.ZodMiniObject<typeof fields>>>;

/**
 * How the kernel moves over the image, with the defaults filled in: `padding` is that at the begin of the image, `extent` the size of the
 * dilated kernel.
 */
function conv2dWindow(layer: Conv2d, { shape }: Pick<Activation, 'shape'>) {
  const [kernel, stride, dilation] = [
    layer.kernel,
    layer.stride ?? DEFAULT_STRIDE,
    layer.dilation ?? DEFAULT_DILATION,
  ].map(asPair);
  const extent = dilatedKernel(kernel, dilation);
  const { begin, end } = paddingOf(layer.padding ?? DEFAULT_PADDING, { kernel: extent, stride }, shape);
  return { kernel, stride, dilation, extent, padding: begin, end };
}

function isGrouped(layer: Conv2d): layer is Conv2d & { readonly groups: number } {
  return layer.groups !== undefined && layer.groups > 1;
}

/** The number of input channels that each output channel is computed from. */
function inputsPerGroup({ groups = DEFAULT_GROUPS }: Conv2d, { shape }: Activation): number {
  return shape[2] / groups;
}
