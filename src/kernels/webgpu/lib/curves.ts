import type { Nonlinearity } from '../../../plan/ops.js';
import { float } from './wgsl.js';

/**
 * The cumulative distribution function Φ of the standard normal distribution from that of |x|, whose complement is
 * `φ(x) · t · (b1 + t · (b2 + …))` with `t = 1 / (1 + p · |x|)`; its error is below 8e-8. Source: Abramowitz and Stegun, "Handbook of
 * Mathematical Functions", 26.2.17.
 */
const NORMAL = `
fn density(x: f32) -> f32 { return exponential(-0.5 * x * x) * 0.3989422804014327; }
fn distribution(x: f32) -> f32 {
  let t = 1.0 / (1.0 + 0.2316419 * abs(x));
  let tail = density(x) * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return select(tail, 1.0 - tail, x > 0.0);
}
`;
const LOGISTIC = 'fn logistic(x: f32) -> f32 { return 1.0 / (1.0 + exponential(-x)); }\n';
const HARD_SIGMOID = 'fn hardSigmoid(x: f32) -> f32 { return atMost(6.0, atLeastZero(x + 3.0)) / 6.0; }\n';

/** WGSL: `fn valueAt(x: f32) -> f32` and `fn slopeAt(x: f32) -> f32`, a function and its derivative. */
export function curveCode(nonlinearity: Nonlinearity): string {
  switch (nonlinearity.kind) {
    case 'leakyRelu': {
      const slope = float(nonlinearity.slope);
      return curve(`select(${slope} * x, x, x > 0.0)`, `select(${slope}, 1.0, x > 0.0)`);
    }
    case 'silu':
      return LOGISTIC + curve('x * logistic(x)', 'logistic(x) * (1.0 + x * logistic(-x))');
    case 'gelu':
      return NORMAL + curve('x * distribution(x)', 'distribution(x) + x * density(x)');
    case 'sigmoid':
      return LOGISTIC + curve('logistic(x)', 'logistic(x) * logistic(-x)');
    case 'hardSigmoid':
      return HARD_SIGMOID + curve('hardSigmoid(x)', 'select(0.0, 1.0 / 6.0, x > -3.0 && x < 3.0)');
    case 'hardSwish':
      return (
        HARD_SIGMOID +
        curve('x * hardSigmoid(x)', 'select(hardSigmoid(x), x / 3.0 + 0.5, x > -3.0 && x < 3.0)')
      );
  }
}

function curve(value: string, slope: string): string {
  return `fn valueAt(x: f32) -> f32 { return ${value}; }
fn slopeAt(x: f32) -> f32 { return ${slope}; }
`;
}
