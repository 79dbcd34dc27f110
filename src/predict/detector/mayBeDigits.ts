import { sizeOf } from '../../core/shape.js';
import type { Dataset } from '../../data/dataset.js';
import { DIGIT_PIXELS } from './orientations.js';

const DIGITS = 10;

/** Whether the images of a data set may be digits: only models of such data sets are judged by the digit detector. */
export function mayBeDigits({ shape, classes }: Pick<Dataset, 'shape' | 'classes'>): boolean {
  return classes.length === DIGITS && sizeOf(shape) === DIGIT_PIXELS;
}
