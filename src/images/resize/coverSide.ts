/** Photos are resized so that they cover this many times each side of a model's input, 256 for 224, before their center is cropped. */
export function coverSide(side: number): number {
  return (side * 8) / 7;
}
