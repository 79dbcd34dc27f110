import { formatShape, type Pair } from '../../../../core/shape.js';
import { avgPool2d, conv2d, globalAvgPool2d, maxPool2d } from '../../../../layers/index.js';
import { dilatedKernel, paddingOf, windowOutput } from '../../../../layers/shared/window.js';
import type { Piece } from '../pieces.js';
import {
  constantOfShape,
  floatsOf,
  imageOfOperation,
  layerPiece,
  type Operation,
  operatorError,
  requiredConstant,
} from './operation.js';

/** How a window moves over an image, as the attributes of a node state it. */
interface NodeWindow {
  readonly kernel: Pair;
  readonly stride: Pair;
  /** Rows and columns before and after the image. */
  readonly begin: Pair;
  readonly end: Pair;
}

/** A window's sides or steps as a layer states them: one number if they are equal. */
function sides([vertical, horizontal]: Pair): number | Pair {
  return vertical === horizontal ? vertical : [vertical, horizontal];
}

export function Conv(operation: Operation): readonly Piece[] {
  const [height, width, channels] = imageOfOperation(operation);
  const weight = requiredConstant(operation, 1, 'a weight');
  const groups = operation.node.integer('group') ?? 1;
  const [outChannels, inputs, ...kernel] = weight.shape;
  if (weight.shape.length !== 4 || inputs * groups !== channels) {
    throw operatorError(
      operation,
      `expected a weight [outputs, ${channels} / ${groups} inputs, height, width], got [${weight.shape.join(', ')}]`,
    );
  }
  const hasBias = operation.constant(2) !== undefined;
  const dilation = pairOf(operation, 'dilations');
  const taps: Pair = [kernel[0], kernel[1]];
  const window = windowOf(operation, dilatedKernel(taps, dilation));
  const padding = paddingFor(operation, window, [height, width, channels]);
  const layer = conv2d({
    outChannels,
    kernel: sides(taps),
    ...(!isPair(window.stride, 1) && { stride: sides(window.stride) }),
    ...(padding !== 0 && { padding }),
    ...(!isPair(dilation, 1) && { dilation: sides(dilation) }),
    ...(groups !== 1 && { groups }),
    ...(!hasBias && { bias: false }),
  });
  return [
    layerPiece(operation, layer, {
      weight: { shape: weight.shape, values: floatsOf(weight) },
      ...(hasBias && {
        bias: {
          shape: [outChannels],
          values: floatsOf(constantOfShape(operation, 2, 'a bias', [outChannels])),
        },
      }),
    }),
  ];
}

export function MaxPool(operation: Operation): readonly Piece[] {
  const window = poolingWindow(operation);
  const { kernel, stride, begin, end } = window;
  if (formatShape(begin) !== formatShape(end)) {
    throw operatorError(operation, `expected equal pads on opposite sides, got ${describePads(window)}`);
  }
  return [
    layerPiece(
      operation,
      maxPool2d({
        kernel: sides(kernel),
        ...(formatShape(kernel) !== formatShape(stride) && { stride: sides(stride) }),
        ...(!isPair(begin, 0) && { padding: sides(begin) }),
      }),
    ),
  ];
}

export function AveragePool(operation: Operation): readonly Piece[] {
  const window = poolingWindow(operation);
  const { kernel, stride, begin, end } = window;
  if (!isPair(begin, 0) || !isPair(end, 0)) {
    throw operatorError(operation, `expected average pooling without pads, got ${describePads(window)}`);
  }
  const [height, width] = operation.shape;
  if (kernel[0] === height && kernel[1] === width) return GlobalAveragePool(operation);
  const step = formatShape(kernel) !== formatShape(stride) && { stride: sides(stride) };
  return [layerPiece(operation, avgPool2d({ kernel: sides(kernel), ...step }))];
}

export function GlobalAveragePool(operation: Operation): readonly Piece[] {
  imageOfOperation(operation);
  return [layerPiece(operation, globalAvgPool2d())];
}

function poolingWindow(operation: Operation): NodeWindow {
  const [height, width] = imageOfOperation(operation);
  const kernel = operation.node.integers('kernel_shape') ?? [];
  if (kernel.length !== 2 || kernel.some((size) => size < 1)) {
    throw operatorError(operation, `expected a kernel_shape of two sizes, got [${kernel.join(', ')}]`);
  }
  const dilations = pairOf(operation, 'dilations');
  if (!isPair(dilations, 1)) {
    throw operatorError(operation, `expected dilations of 1, got ${formatShape(dilations)}`);
  }
  const window = windowOf(operation, [kernel[0], kernel[1]]);
  checkCeil(operation, window, [height, width]);
  return window;
}

/** With `ceil_mode`, windows that are partly outside the image count, which is the same where there are none. */
function checkCeil(operation: Operation, { kernel, stride, begin, end }: NodeWindow, size: Pair): void {
  if ((operation.node.integer('ceil_mode') ?? 0) === 0) return;
  const isFilled = size.every(
    (side, axis) => (side + begin[axis] + end[axis] - kernel[axis]) % stride[axis] === 0,
  );
  if (isFilled) return;
  throw operatorError(
    operation,
    `expected ceil_mode 0, or windows that fill the ${formatShape(size)} image, got ceil_mode 1; export the model with ceil_mode=False, or for another image size`,
  );
}

/** @param kernel the size of the window, from its first tap to its last */
function windowOf(operation: Operation, kernel: Pair): NodeWindow {
  const { node, shape } = operation;
  const stride = pairOf(operation, 'strides');
  const automatic = node.text('auto_pad') ?? 'NOTSET';
  const same = paddingOf('same', { kernel, stride }, shape);
  if (automatic === 'SAME_UPPER') return { kernel, stride, ...same };
  if (automatic === 'SAME_LOWER') return { kernel, stride, begin: same.end, end: same.begin };
  const pads = automatic === 'VALID' ? undefined : node.integers('pads');
  const [top = 0, left = 0, bottom = 0, right = 0] = pads ?? [];
  if ((pads !== undefined && pads.length !== 4) || Math.min(top, left, bottom, right) < 0) {
    throw operatorError(operation, `expected four pads of at least 0, got [${(pads ?? []).join(', ')}]`);
  }
  return { kernel, stride, begin: [top, left], end: [bottom, right] };
}

function pairOf(operation: Operation, attribute: string): Pair {
  const values = operation.node.integers(attribute) ?? [1, 1];
  if (values.length === 2 && values.every((value) => value >= 1)) return [values[0], values[1]];
  throw operatorError(operation, `expected two ${attribute} of at least 1, got [${values.join(', ')}]`);
}

/** The field `padding` of a convolution: one number or two for equal pads on opposite sides, otherwise `same`. */
function paddingFor(operation: Operation, window: NodeWindow, shape: readonly [number, number, number]) {
  const { begin, end } = window;
  if (formatShape(begin) === formatShape(end)) return sides(begin);
  const same = paddingOf('same', window, shape);
  if (formatShape([...same.begin, ...same.end]) === formatShape([...begin, ...end])) return 'same';
  const output = windowOutput(
    [shape[0] + begin[0] + end[0], shape[1] + begin[1] + end[1]],
    window.kernel,
    window.stride,
  );
  throw operatorError(
    operation,
    `expected equal pads on opposite sides, or TensorFlow's "same", got ${describePads(window)} for an output of ${formatShape(output)}`,
  );
}

function describePads({ begin, end }: NodeWindow): string {
  return `pads [${[...begin, ...end].join(', ')}]`;
}

function isPair(pair: Pair, value: number): boolean {
  return pair[0] === value && pair[1] === value;
}
