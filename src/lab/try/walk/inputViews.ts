import type { Shape } from '#inkling/index.js';
import { type Grid, gridOf } from './grid.js';
import { type LayerData, positionOf } from './layerData.js';
import { type InputWindow, windowOf } from './window.js';

/** What is shown of an input of a layer. */
export interface InputView {
  /** Of the input: that of the image, if the input is a flattened one. */
  readonly shape: Shape;
  /** Undefined for a list. */
  readonly channel: number | undefined;
  readonly grid: Grid;
  /** In cells; undefined where a number is computed from all that is shown. */
  readonly window: InputWindow | undefined;
}

/**
 * The channel of each input from which a number is computed, and where.
 *
 * @param index among the values of the output
 * @param group which of several channels
 */
export function inputViewsOf(data: LayerData, index: number, group: number): InputView[] {
  const { walked, inputs } = data;
  const { input } = walked.layer;
  return inputs.map(({ shape: given, values }) => {
    const shape = input.flattenedFrom ?? given;
    const { channel, window } = sourceOf(data, shape, index, group);
    const grid = gridOf({ shape, values }, channel ?? 0);
    if (channel !== undefined || window === undefined) return { shape, channel, grid, window };
    // Lists have several rows if they are long.
    const { left } = window;
    return { shape, channel, grid, window: cellAt(left % grid.width, Math.floor(left / grid.width)) };
  });
}

/** @param shape of the input */
function sourceOf(
  { walked, output }: LayerData,
  shape: Shape,
  index: number,
  group: number,
): Pick<InputView, 'channel' | 'window'> {
  const { layer } = walked.layer;
  const isList = shape.length === 1;
  if (layer.type === 'linear') return { channel: isList ? undefined : group, window: undefined };
  const [column, row, channel] = positionOf(output, index);
  const window = isList ? undefined : windowOf(layer, shape, row, column);
  if (window !== undefined) return { channel: layer.type === 'conv2d' ? group : channel, window };
  const [x, y, own] = positionOf({ shape }, index);
  return { channel: isList ? undefined : own, window: cellAt(x, y) };
}

function cellAt(left: number, top: number): InputWindow {
  return { top, left, height: 1, width: 1 };
}
