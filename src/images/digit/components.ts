import type { Size } from '../decodedImage.js';

/** A connected component: marked pixels that touch one another. */
export interface Component {
  /** Indices of its pixels in the plane, in no particular order. */
  readonly pixels: Int32Array;
  readonly left: number;
  readonly top: number;
  /** Exclusive: the column after the last one, and the row after the last one. */
  readonly right: number;
  readonly bottom: number;
}

/** Labels the connected components of a mask; pixels that share an edge or a corner are connected (8-connectivity). */
export function connectedComponents(mask: Uint8Array, width: number): Component[] {
  // With an empty column between rows and an empty row above and below, no neighbor lies outside.
  const stride = width + 1;
  const height = mask.length / width;
  const unvisited = new Uint8Array(stride * (height + 2) + 1);
  for (let y = 0; y < height; y++) {
    unvisited.set(mask.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  }
  const queue = new Int32Array(mask.length);
  const components: Component[] = [];
  for (let start = 0, used = 0; start < unvisited.length; start++) {
    if (unvisited[start] === 0) continue;
    const component = floodFill(unvisited, stride, start, queue.subarray(used));
    used += component.pixels.length;
    components.push(component);
  }
  return components;
}

/** @param queue receives the pixels, which are cleared in `unvisited` */
function floodFill(unvisited: Uint8Array, stride: number, start: number, queue: Int32Array): Component {
  const width = stride - 1;
  const offsets = Int32Array.of(-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1);
  let [left, top, right, bottom] = [width, unvisited.length, 0, 0];
  queue[0] = start;
  unvisited[start] = 0;
  let count = 1;
  for (let next = 0; next < count; next++) {
    const position = queue[next];
    const row = Math.floor(position / stride);
    const [x, y] = [position - row * stride - 1, row - 1];
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
    for (const offset of offsets) {
      const neighbor = position + offset;
      if (unvisited[neighbor] === 0) continue;
      unvisited[neighbor] = 0;
      queue[count++] = neighbor;
    }
    queue[next] = y * width + x;
  }
  return { pixels: queue.subarray(0, count), left, top, right, bottom };
}

/** The total number of pixels. */
export function pixelCount(components: readonly Component[]): number {
  return components.reduce((sum, { pixels }) => sum + pixels.length, 0);
}

/** The first of the components with the most pixels. */
export function largestOf(components: readonly Component[]): Component | undefined {
  return components.reduce<Component | undefined>(
    (best, component) =>
      best !== undefined && best.pixels.length >= component.pixels.length ? best : component,
    undefined,
  );
}

/** The longer side of a component's bounds. */
export function extentOf({ left, top, right, bottom }: Component): number {
  return Math.max(right - left, bottom - top);
}

/** Whether a component touches the edge of an image. */
export function touchesEdge({ left, top, right, bottom }: Component, { width, height }: Size): boolean {
  return left === 0 || top === 0 || right === width || bottom === height;
}

/** Merges components into one. */
export function merge(components: readonly Component[]): Component {
  const pixels = new Int32Array(pixelCount(components));
  let start = 0;
  for (const component of components) {
    pixels.set(component.pixels, start);
    start += component.pixels.length;
  }
  return {
    pixels,
    left: Math.min(...components.map(({ left }) => left)),
    top: Math.min(...components.map(({ top }) => top)),
    right: Math.max(...components.map(({ right }) => right)),
    bottom: Math.max(...components.map(({ bottom }) => bottom)),
  };
}
