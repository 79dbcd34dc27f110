/** The sizes of an array's dimensions, outermost first. An image is `[height, width, channels]`. */
export type Shape = readonly number[];

/** A value for the vertical and one for the horizontal direction. */
export type Pair = readonly [vertical: number, horizontal: number];

/** The number of elements of an array of this shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** `28×28×1` */
export function formatShape(shape: Shape): string {
  return shape.join('×');
}
