import type { Formula } from '../document.js';

export const symbol = (text: string): Formula => ({ type: 'symbol', text });
export const number = (value: number): Formula => ({ type: 'number', text: String(value) });
const operator = (text: string): Formula => ({ type: 'operator', text });
const word = (text: string): Formula => ({ type: 'text', text });
const row = (...parts: readonly Formula[]): Formula => ({ type: 'row', parts });
const fraction = (above: Formula, below: Formula): Formula => ({ type: 'fraction', above, below });
const hat = (over: Formula): Formula => ({ type: 'hat', over });
const sub = (base: Formula, below: Formula): Formula => ({ type: 'scripts', base, below });
const sup = (base: Formula, above: Formula): Formula => ({ type: 'scripts', base, above });

const [equals, minus, plus] = ['=', '−', '+'].map(operator);
const [x, y, g, m, v, t, i] = ['x', 'y', 'g', 'm', 'v', 't', 'i'].map(symbol);
const [theta, eta, beta, epsilon, mu, lambda, pi] = ['θ', 'η', 'β', 'ε', 'μ', 'λ', 'π'].map(symbol);
const one = number(1);
const before = row(t, minus, one);
const parentheses = (...parts: readonly Formula[]) => row(operator('('), ...parts, operator(')'));

/** `L = − log ( e^{x_y} / Σ_i e^{x_i} )` */
export const crossEntropy: Formula = row(
  symbol('L'),
  equals,
  minus,
  word('log'),
  fraction(sup(symbol('e'), sub(x, y)), row(sub(operator('∑'), i), sup(symbol('e'), sub(x, i)))),
);

/**
 * The moving average of the gradient, and that of its square. Source of all of Adam's: Kingma and Ba, Adam, 2015,
 * algorithm 1.
 */
export const adamMoments: readonly Formula[] = [
  movingAverage(m, 1, sub(g, t)),
  movingAverage(v, 2, { type: 'scripts', base: g, below: t, above: number(2) }),
];

function movingAverage(average: Formula, which: number, value: Formula): Formula {
  const weight = sub(beta, number(which));
  return row(
    sub(average, t),
    equals,
    weight,
    sub(average, before),
    plus,
    parentheses(one, minus, weight),
    value,
  );
}

/** The averages freed from their start at zero. */
export const adamCorrections: readonly Formula[] = [corrected(m, 1), corrected(v, 2)];

function corrected(average: Formula, which: number): Formula {
  const decay: Formula = { type: 'scripts', base: beta, below: number(which), above: t };
  return row(sub(hat(average), t), equals, fraction(sub(average, t), row(one, minus, decay)));
}

/** The step itself. */
export const adamStep: Formula = step(
  sub(theta, before),
  fraction(sub(hat(m), t), row({ type: 'root', of: sub(hat(v), t) }, plus, epsilon)),
);

/** `θ_t = from − η change` */
function step(from: Formula, change: Formula): Formula {
  return row(sub(theta, t), equals, from, minus, eta, change);
}

const velocity = row(sub(v, t), equals, mu, sub(v, before), plus, sub(g, t));

/** The velocity of stochastic gradient descent with momentum, and its step, as in PyTorch. */
export const sgdSteps: readonly Formula[] = [velocity, step(sub(theta, before), sub(v, t))];

/** The same with Nesterov's momentum. */
export const nesterovSteps: readonly Formula[] = [
  velocity,
  step(sub(theta, before), parentheses(sub(g, t), plus, mu, sub(v, t))),
];

/** How AdamW shrinks a weight before each step. Source: Loshchilov and Hutter, Decoupled Weight Decay, 2019. */
export const decayedWeight: Formula = row(
  sub(theta, before),
  operator('←'),
  parentheses(one, minus, eta, lambda),
  sub(theta, before),
);

/** What a penalty on the squares of the weights adds to their gradients. */
export const penaltyGrad: Formula = row(
  sub(g, t),
  operator('←'),
  sub(g, t),
  plus,
  lambda,
  sub(theta, before),
);

/** `(1 + t) / (10 + t)` */
export const averageKept: Formula = fraction(row(one, plus, t), row(number(10), plus, t));

/** `½ (1 + cos π s)`, for a share `s` of the way */
export const cosineFactor: Formula = row(
  fraction(one, number(2)),
  parentheses(one, plus, word('cos'), pi, symbol('s')),
);

/** `β_1` and `β_2` */
export function decay(which: number): Formula {
  return sub(beta, number(which));
}

/** A small number such as `1e-8`, as a power of ten. */
export function power(value: number): Formula {
  const [digits, exponent] = value.toExponential().split('e');
  const ten = sup(
    number(10),
    row(...(exponent.startsWith('-') ? [minus] : []), number(Math.abs(Number(exponent)))),
  );
  return digits === '1' ? ten : row(number(Number(digits)), operator('·'), ten);
}
