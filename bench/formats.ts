import * as originalReport from '#inkling/core/originalReport.js';
import type { Unit } from './goals.js';

/** The validation accuracy to which `inkling train` is timed, such as `98.8 %`. */
export const TARGET_ACCURACY = `${(100 * originalReport.testAccuracy.value).toFixed(1)} %`;

/** `6,054`, `93.1` */
export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

/** `28 %`, `2.8 %` */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(fraction < 0.1 ? 1 : 0)} %`;
}

/** `117 MB` */
export function megabytes(value: number): string {
  return `${count(value)} MB`;
}

/** `48.2 us`, `9.61 ms`, `20.4 s` */
export function duration(seconds: number): string {
  const [scale, unit] = seconds < 1e-3 ? [1e6, 'us'] : seconds < 1 ? [1e3, 'ms'] : [1, 's'];
  return `${(seconds * scale).toPrecision(3)} ${unit}`;
}

/** `2.16 ×`, `150 us` */
export function quantity(value: number, unit: Unit): string {
  return `${Number(value.toPrecision(3))} ${unit}`;
}
