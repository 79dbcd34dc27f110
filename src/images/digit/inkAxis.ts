import type { Plane } from '../decodedImage.js';
import { type ColorPlanes, isGray } from './colorPlanes.js';

/** Differences are taken between pixels this far apart, as a share of the shorter side: about the width of a stroke. */
const DISTANCE = 1 / 40;
/** Steps of the power iteration. */
const ROUNDS = 30;
/** The axis along which gray images vary, from which the iteration starts. */
const GRAY_AXIS: readonly number[] = [1, 1, 1];

/**
 * Projects colors on the axis along which the image varies most within the width of a stroke: the difference between ink and
 * paper, be it in brightness or only in color. The axis is the principal eigenvector of the color structure tensor. Source: S. Di Zenzo,
 * "A note on the gradient of a multi-image", Computer Vision, Graphics, and Image Processing 33 (1986).
 *
 * @param channels red, green and blue, each from 0 to 1
 * @returns from 0 to 1; the mean of the channels of a gray image
 */
export function projectOnInkAxis(channels: ColorPlanes): Plane {
  if (isGray(channels)) return channels[0];
  const axis = principalAxis(structureTensor(channels));
  const low = axis.reduce((sum, weight) => sum + Math.min(0, weight), 0);
  const high = axis.reduce((sum, weight) => sum + Math.max(0, weight), 0);
  const [red, green, blue] = channels;
  const values = new Float32Array(red.values.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const projected =
      axis[0] * red.values[pixel] + axis[1] * green.values[pixel] + axis[2] * blue.values[pixel];
    values[pixel] = (projected - low) / (high - low);
  }
  return { width: red.width, height: red.height, values };
}

/** The sums of the products of color differences, `[3, 3]`. */
function structureTensor(channels: ColorPlanes): number[][] {
  const [{ width, height }] = channels;
  const distance = Math.max(1, Math.round(DISTANCE * Math.min(width, height)));
  const [red, green, blue] = channels.map(({ values }) => values);
  let [rr, rg, rb, gg, gb, bb] = [0, 0, 0, 0, 0, 0];
  const add = (from: number, to: number) => {
    const [r, g, b] = [red[to] - red[from], green[to] - green[from], blue[to] - blue[from]];
    rr += r * r;
    rg += r * g;
    rb += r * b;
    gg += g * g;
    gb += g * b;
    bb += b * b;
  };
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const pixel = y * width + x;
      if (x + distance < width) add(pixel, pixel + distance);
      if (y + distance < height) add(pixel, pixel + distance * width);
    }
  }
  return [
    [rr, rg, rb],
    [rg, gg, gb],
    [rb, gb, bb],
  ];
}

/** By power iteration, from gray; its largest component is positive. */
function principalAxis(tensor: readonly (readonly number[])[]): readonly number[] {
  let axis = GRAY_AXIS;
  for (let round = 0; round < ROUNDS; round++) {
    const next = tensor.map((row) => row[0] * axis[0] + row[1] * axis[1] + row[2] * axis[2]);
    const length = Math.hypot(...next);
    if (length === 0) break;
    axis = next.map((value) => value / length);
  }
  const largest = axis.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
  return axis.map((value) => value / largest);
}
