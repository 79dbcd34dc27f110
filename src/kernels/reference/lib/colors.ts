/** Red, green and blue, from 0 to 1. */
export type Color = readonly [red: number, green: number, blue: number];

/** Limits a value to the range from 0 to 1. */
export function clamp(value: number): number {
  return Math.max(0, Math.min(1, value));
}

/** Blends a color with its luma of ITU-R BT.601, as torchvision's `adjust_saturation`: a factor of 0 gives gray. */
export function adjustSaturation([red, green, blue]: Color, factor: number): Color {
  const gray = 0.299 * red + 0.587 * green + 0.114 * blue;
  const blend = (value: number) => clamp(factor * value + (1 - factor) * gray);
  return [blend(red), blend(green), blend(blue)];
}

/**
 * Changes the hue by a fraction of the color circle, with the value and saturation of HSV unchanged, as torchvision's `adjust_hue`.
 * Source: A. R. Smith, "Color Gamut Transform Pairs", SIGGRAPH 1978.
 */
export function adjustHue([red, green, blue]: Color, turn: number): Color {
  const value = Math.max(red, green, blue);
  const chroma = value - Math.min(red, green, blue);
  if (chroma === 0 || turn === 0) return [red, green, blue];
  const hue =
    value === red
      ? (green - blue) / chroma
      : value === green
        ? 2 + (blue - red) / chroma
        : 4 + (red - green) / chroma;
  const channel = (offset: number) => {
    const position = offset + hue + 6 * turn;
    const sextant = position - 6 * Math.floor(position / 6);
    return value - chroma * clamp(Math.min(sextant, 4 - sextant));
  };
  return [channel(5), channel(3), channel(1)];
}
