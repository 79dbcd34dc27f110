import * as z from 'zod/mini';
import type { Pair } from '../core/shape.js';
import { defineLayer } from './definition.js';
import { intermediateNode, type OnnxContext, onnxNode, type OnnxNode, onnxOutput } from './onnx.js';
import { planAveragePooling } from './shared/averagePooling.js';
import { asPair, formatSides, imageShape, pythonTuple, windowSize } from './shared/window.js';

const fields = { size: windowSize.check(z.describe('Height and width of the output')) };

export const adaptiveAvgPool2d = defineLayer('adaptiveAvgPool2d', {
  fields,
  description:
    'Mean of each window, of which there are as many as the output has pixels, whatever the size of the input: window i of n covers ' +
    'the pixels from ⌊i · size / n⌋ up to ⌈(i + 1) · size / n⌉, so that windows overlap if n does not divide the size.',
  inferOutput: ({ size }, input, who) => ({
    shape: [...asPair(size), imageShape(input.shape, who)[2]],
  }),

  plan({ size }, context) {
    const [height, width] = context.input.shape;
    return planAveragePooling(context, { kernel: [height, width], stride: [height, width] }, asPair(size));
  },

  torchModule: ({ size }) => `nn.AdaptiveAvgPool2d(${pythonTuple(asPair(size))})`,
});

export function title({ size }: ReturnType<typeof adaptiveAvgPool2d>): string {
  return `Average pooling to ${formatSides(size)}`;
}

/** ONNX has no such operator: windows of one size are an average pooling, others products with the shares of rows and of columns. */
export function onnxNodes(
  { size }: ReturnType<typeof adaptiveAvgPool2d>,
  context: OnnxContext,
): readonly OnnxNode[] {
  const outputs = asPair(size);
  const inputs: Pair = [context.shape[0], context.shape[1]];
  if (inputs.every((pixels, axis) => pixels % outputs[axis] === 0)) {
    const kernel = { ints: inputs.map((pixels, axis) => pixels / outputs[axis]) };
    return [onnxNode(context, 'AveragePool', { kernel_shape: kernel, strides: kernel })];
  }
  const { name, input } = context;
  const [rows, columns] = inputs.map((pixels, axis) => sharesOf(pixels, outputs[axis]));
  const transposed = Float32Array.from(columns, (_, i) => {
    const [pixel, window] = [Math.floor(i / outputs[1]), i % outputs[1]];
    return columns[window * inputs[1] + pixel];
  });
  const constant = (part: string, shape: Pair, values: Float32Array) =>
    intermediateNode(context, part, 'Constant', [], { value: { tensor: { shape, values } } });
  const left = constant('rowShares', [outputs[0], inputs[0]], rows);
  const right = constant('columnShares', [inputs[1], outputs[1]], transposed);
  const pooled = intermediateNode(context, 'rows', 'MatMul', [left.output, input]);
  const last = { name, type: 'MatMul', inputs: [pooled.output, right.output], output: onnxOutput(name) };
  return [left, right, pooled, { ...last, attributes: {} }];
}

/** The share of each pixel in each window along an axis, `[windows, pixels]`. */
function sharesOf(pixels: number, windows: number): Float32Array {
  return Float32Array.from({ length: windows * pixels }, (_, i) => {
    const [window, pixel] = [Math.floor(i / pixels), i % pixels];
    const first = Math.floor((window * pixels) / windows);
    const end = Math.ceil(((window + 1) * pixels) / windows);
    return pixel >= first && pixel < end ? 1 / (end - first) : 0;
  });
}
