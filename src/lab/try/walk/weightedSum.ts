import { type Arithmetic, type LayerData, positionOf, type Term, type TermGroup } from './layerData.js';
import type { InputWindow } from './window.js';

/** So many numbers of a list are shown together. */
const PART = 16;
const PER_ROW = 4;

/**
 * The sum of products of a convolution or a linear layer, in groups.
 *
 * @param window of a convolution
 */
export function weightedSum(data: LayerData, index: number, window?: InputWindow): Arithmetic {
  const { walked, output, weights } = data;
  const { name, input } = walked.layer;
  const [, , channel] = positionOf(output, index);
  const out = window === undefined ? index : channel;
  const weight = weights.get(`${name}.weight`) ?? new Float32Array();
  const bias = weights.get(`${name}.bias`)?.[out];
  const flattened = input.flattenedFrom;
  const groups =
    window !== undefined
      ? convolved(data, weight, out, window)
      : flattened === undefined
        ? parts(data, weight, out)
        : channels(data, weight, out, flattened);
  const sum = groups.reduce((total, group) => total + group.sum, 0);
  const byChannel = window !== undefined || flattened !== undefined;
  return { kind: 'weightedSum', byChannel, groups, bias, result: sum + (bias ?? 0) };
}

/** A group for each channel of the input. The weight is `[rows, columns, inputs, outputs]`. */
function convolved(
  { inputs: [{ shape, values }], output }: LayerData,
  weight: Float32Array,
  out: number,
  { top, left, height, width }: InputWindow,
): readonly TermGroup[] {
  const [rows, columns, depth] = shape;
  const outputs = output.shape[2];
  return Array.from({ length: depth }, (_, channel) =>
    groupOf(
      channel,
      Array.from({ length: height }, (__, y) =>
        Array.from({ length: width }, (___, x) => {
          const [row, column] = [top + y, left + x];
          const isPadding = row < 0 || column < 0 || row >= rows || column >= columns;
          const value = isPadding ? 0 : values[(row * columns + column) * depth + channel];
          return termOf(value, weight[((y * width + x) * depth + channel) * outputs + out], isPadding);
        }),
      ),
    ),
  );
}

/** Of a flattened image: a group for each of its channels. The weight is `[inputs, outputs]`. */
function channels(
  { inputs: [{ values }], output }: LayerData,
  weight: Float32Array,
  out: number,
  [rows, columns, depth]: readonly number[],
): readonly TermGroup[] {
  const outputs = output.shape[0];
  return Array.from({ length: depth }, (_, channel) =>
    groupOf(
      channel,
      Array.from({ length: rows }, (__, y) =>
        Array.from({ length: columns }, (___, x) => {
          const index = (y * columns + x) * depth + channel;
          return termOf(values[index], weight[index * outputs + out]);
        }),
      ),
    ),
  );
}

/** Of a list: groups of neighbors. */
function parts(
  { inputs: [{ values }], output }: LayerData,
  weight: Float32Array,
  out: number,
): readonly TermGroup[] {
  const outputs = output.shape[0];
  const terms = Array.from(values, (value, index) => termOf(value, weight[index * outputs + out]));
  return Array.from({ length: Math.ceil(terms.length / PART) }, (_, part) => {
    const own = terms.slice(part * PART, (part + 1) * PART);
    const rows = Array.from({ length: Math.ceil(own.length / PER_ROW) }, (__, row) =>
      own.slice(row * PER_ROW, (row + 1) * PER_ROW),
    );
    return groupOf(part * PART, rows);
  });
}

function termOf(input: number, weight: number, isPadding = false): Term {
  return { input, weight, product: input * weight, isPadding };
}

function groupOf(first: number, rows: readonly (readonly Term[])[]): TermGroup {
  return { first, rows, sum: rows.flat().reduce((sum, { product }) => sum + product, 0) };
}
