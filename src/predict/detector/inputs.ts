import { CROSSINGS, crossingsOf } from './crossings.js';
import { ORIENTATIONS, orientationsOf } from './orientations.js';

/** What the detector's network sees of an image. */
export const INPUTS = ORIENTATIONS + CROSSINGS;

const MAX_BYTE = 255;
/** The bytes that stand for one crossing. */
const PER_CROSSING = 21;
/** Orientations are stored as shares of units, so that they all vary alike, and units as multiples of this. */
const UNIT_STEP = 1 / 500;

/** Converts the units of orientations to bytes. */
export function unitsAsBytes(units: Float32Array): Uint8Array {
  return Uint8Array.from(units, (unit) => Math.min(MAX_BYTE, Math.round(unit / UNIT_STEP)));
}

/** What orientations are multiplied by, for `inputsOf`. */
export function factorsOf(units: Uint8Array): Float32Array {
  return Float32Array.from(units, (unit) => MAX_BYTE / (unit * UNIT_STEP));
}

/**
 * The inputs of the detector's network: orientations and crossings, as bytes, rounded and at most 255.
 *
 * @param pixels `[28, 28]`, from 0 to 1
 * @param factors of the orientations
 */
export function inputsOf(pixels: Float32Array, factors: Float32Array): Uint8ClampedArray {
  const orientations = orientationsOf(pixels);
  const crossings = crossingsOf(pixels);
  const inputs = new Uint8ClampedArray(INPUTS);
  for (let i = 0; i < ORIENTATIONS; i++) inputs[i] = factors[i] * orientations[i];
  for (let i = 0; i < CROSSINGS; i++) inputs[ORIENTATIONS + i] = PER_CROSSING * crossings[i];
  return inputs;
}
