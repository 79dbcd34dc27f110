import type * as z from 'zod/mini';
import { InklingError } from '../core/errors.js';
import { optional } from '../core/fields.js';
import { formatShape } from '../core/shape.js';
import { nonNegativeInteger } from '../core/validate.js';
import { defineLayer } from './definition.js';
import { type OnnxContext, onnxNode, type OnnxNode } from './onnx.js';
import {
  asPair,
  formatSides,
  pairOf,
  pooledShape,
  poolingFields,
  poolingWindow,
  pythonTuple,
} from './shared/window.js';

const DEFAULT_PADDING = 0;

const fields = {
  ...poolingFields,
  padding: optional(
    pairOf(nonNegativeInteger, 0),
    'Rows and columns added on each side of the image, which are never the maximum; at most half of `kernel`',
    { default: DEFAULT_PADDING },
  ),
};

export const maxPool2d = defineLayer('maxPool2d', {
  fields,
  description: 'Maximum of each window; drops rows and columns that do not fill a window.',

  inferOutput(layer, input, who) {
    const { padding, ...window } = paddedWindow(layer);
    const { kernel } = window;
    if (2 * padding[0] > kernel[0] || 2 * padding[1] > kernel[1]) {
      throw new InklingError(
        `${who}: padding: expected at most half of the window ${formatShape(kernel)}, got ${formatShape(padding)}`,
      );
    }
    return { shape: pooledShape(input.shape, window, who, padding) };
  },

  plan(layer, { builder, name, input, ...context }) {
    const window = paddedWindow(layer);
    const output = builder.perImage(`${name}.output`, context.outputShape, { halo: context.outputHalo });
    builder.add({ op: 'maxPool2d', reads: { input }, writes: { output }, ...window });
    return {
      output,
      backward(outputGrad) {
        const inputGrad = builder.perImage(`${name}.inputGrad`, input.shape, { halo: context.inputGradHalo });
        builder.add({ op: 'maxPool2dGrad', reads: { input, outputGrad }, writes: { inputGrad }, ...window });
        return inputGrad;
      },
    };
  },

  torchModule(layer) {
    const { kernel, stride, padding } = paddedWindow(layer);
    const padded = layer.padding === undefined ? '' : `, padding=${pythonTuple(padding)}`;
    return `nn.MaxPool2d(kernel_size=${pythonTuple(kernel)}, stride=${pythonTuple(stride)}${padded})`;
  },
});

export function title({ kernel, padding }: ReturnType<typeof maxPool2d>): string {
  const suffix = padding === undefined ? '' : `, padding ${String(padding).replace(',', '×')}`;
  return `Max pooling ${formatSides(kernel)}${suffix}`;
}

export function onnxNodes(layer: ReturnType<typeof maxPool2d>, context: OnnxContext): readonly OnnxNode[] {
  const { kernel, stride, padding } = paddedWindow(layer);
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: [...padding, ...padding] },
  };
  return [onnxNode(context, 'MaxPool', attributes)];
}

/** How the window moves over the image, with the defaults filled in. */
function paddedWindow(layer: Readonly<z.infer<z.ZodMiniObject<typeof fields>>>) {
  return { ...poolingWindow(layer), padding: asPair(layer.padding ?? DEFAULT_PADDING) };
}
