/*
 * Saturation and hue of colors of three values from 0 to 1; see `colors.ts` of the reference kernels. Each worker has its own instance of this
 * module, and therefore its own copy of these variables.
 */
let saturation: f64;
let turn: f64;
export let changesColor: bool;
export let red: f64;
export let green: f64;
export let blue: f64;

/** @param hueTurn as a fraction of the color circle */
export function setColor(saturationFactor: f64, hueTurn: f64): void {
  saturation = saturationFactor;
  turn = hueTurn;
  changesColor = saturation != 1 || turn != 0;
}

/** Sets `red`, `green` and `blue` to the changed color. */
export function changeColor(r: f64, g: f64, b: f64): void {
  const gray = (1 - saturation) * (0.299 * r + 0.587 * g + 0.114 * b);
  red = clamp(saturation * r + gray);
  green = clamp(saturation * g + gray);
  blue = clamp(saturation * b + gray);
  const value = max<f64>(red, max<f64>(green, blue));
  const chroma = value - min<f64>(red, min<f64>(green, blue));
  if (chroma == 0 || turn == 0) return;
  let hue: f64;
  if (value == red) hue = (green - blue) / chroma;
  else if (value == green) hue = 2 + (blue - red) / chroma;
  else hue = 4 + (red - green) / chroma;
  hue += 6 * turn;
  red = channelOf(value, chroma, hue + 5);
  green = channelOf(value, chroma, hue + 3);
  blue = channelOf(value, chroma, hue + 1);
}

function channelOf(value: f64, chroma: f64, position: f64): f64 {
  const sextant = position - 6 * floor<f64>(position / 6);
  return value - chroma * clamp(min<f64>(sextant, 4 - sextant));
}

/** Limits a value to the range from 0 to 1. */
export function clamp(value: f64): f64 {
  return max<f64>(0, min<f64>(1, value));
}
