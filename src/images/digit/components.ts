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
  const unvisited = mask.slice();
  const queue = new Int32Array(mask.length);
  const components: Component[] = [];
  for (let start = 0, used = 0; start < unvisited.length; start++) {
    if (unvisited[start] === 0) continue;
    const component = floodFill(unvisited, width, start, queue.subarray(used));
    used += component.pixels.length;
    components.push(component);
  }
  return components;
}

/** @param queue receives the pixels, which are cleared in `unvisited` */
function floodFill(unvisited: Uint8Array, width: number, start: number, queue: Int32Array): Component {
  const height = unvisited.length / width;
  let [left, top, right, bottom] = [width, height, 0, 0];
  queue[0] = start;
  unvisited[start] = 0;
  let count = 1;
  for (let next = 0; next < count; next++) {
    const y = Math.floor(queue[next] / width);
    const x = queue[next] - y * width;
    if (x < left) left = x;
    if (x >= right) right = x + 1;
    if (y < top) top = y;
    if (y >= bottom) bottom = y + 1;
    const [firstColumn, lastColumn] = [x === 0 ? 0 : x - 1, x === width - 1 ? x : x + 1];
    const [firstRow, lastRow] = [y === 0 ? 0 : y - 1, y === height - 1 ? y : y + 1];
    for (let row = firstRow; row <= lastRow; row++) {
      for (let neighbor = row * width + firstColumn; neighbor <= row * width + lastColumn; neighbor++) {
        if (unvisited[neighbor] === 0) continue;
        unvisited[neighbor] = 0;
        queue[count++] = neighbor;
      }
    }
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
