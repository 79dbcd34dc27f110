import type { ReluBounds } from '../../../plan/opShape.js';
import { float } from './wgsl.js';

/** WGSL: `fn bounded(value: f32) -> f32`, ReLU with its maximum, or no change. NaN stays NaN. */
export function boundedCode(relu: ReluBounds | undefined): string {
  if (relu === undefined) return 'fn bounded(value: f32) -> f32 { return value; }\n';
  const { maximum } = relu;
  const positive = 'atLeastZero(value)';
  const result = maximum === Infinity ? positive : `atMost(${float(maximum)}, ${positive})`;
  return `fn bounded(value: f32) -> f32 { return ${result}; }\n`;
}

/** WGSL: `fn passes(value: f32) -> bool`, whether the derivative of ReLU is 1. */
export function passesCode({ maximum }: ReluBounds): string {
  const below = maximum === Infinity ? 'isFinite(value)' : `value < ${float(maximum)}`;
  return `fn passes(value: f32) -> bool { return value > 0.0 && ${below}; }\n`;
}
