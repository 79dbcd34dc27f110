import { FIRST_CHANGE } from './draws';
import { shareOf } from './hash';

const MAGNITUDE: f64 = 0.3;
const KINDS: f64 = 10;

/*
 * What RandAugment adds to the parameters of an image's other changes, and the factors by which it multiplies them. Each worker has its own
 * instance of this module, and therefore its own copy of these variables.
 */
export let angle: f64;
export let shearX: f64;
export let shearY: f64;
export let right: f64;
export let down: f64;
export let brightness: f64;
export let contrast: f64;
export let saturation: f64;
export let solarizes: bool;
export const SOLARIZE_FROM: f64 = 1 - MAGNITUDE;

/** Draws `count` changes; see `randAugment` of the reference kernels. */
export function drawChanges(hash: u32, count: i32, height: i32, width: i32): void {
  angle = shearX = shearY = right = down = 0;
  brightness = contrast = saturation = 1;
  solarizes = false;
  for (let i = 0; i < count; i++) {
    const choice = <i32>(shareOf(hash, FIRST_CHANGE + i) * (2 * KINDS));
    const strength = choice & 1 ? MAGNITUDE : -MAGNITUDE;
    const factor = 1 + strength * 0.9;
    switch (choice >> 1) {
      case 1:
        angle += strength * (3.141592653589793 / 6);
        break;
      case 2:
        shearX += strength * 0.3;
        break;
      case 3:
        shearY += strength * 0.3;
        break;
      case 4:
        right += strength * (150.0 / 331) * <f64>width;
        break;
      case 5:
        down += strength * (150.0 / 331) * <f64>height;
        break;
      case 6:
        brightness *= factor;
        break;
      case 7:
        contrast *= factor;
        break;
      case 8:
        saturation *= factor;
        break;
      case 9:
        solarizes = true;
    }
  }
}
