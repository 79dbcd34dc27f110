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

const [equals, minus, plus, times] = ['=', '−', '+', '·'].map(operator);
const [x, y, g, m, v, t, i] = ['x', 'y', 'g', 'm', 'v', 't', 'i'].map(symbol);
const [theta, eta, beta, epsilon, mu] = ['θ', 'η', 'β', 'ε', 'μ'].map(symbol);
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

/** The moving averages of the gradient and of its square. Source: Kingma and Ba, Adam, 2015, algorithm 1. */
export const adamMoments: Formula = row(
  ...movingAverage(m, 1, sub(g, t)),
  operator(','),
  ...movingAverage(v, 2, { type: 'scripts', base: g, below: t, above: number(2) }),
);

function movingAverage(average: Formula, which: number, value: Formula): Formula[] {
  const weight = sub(beta, number(which));
  return [
    sub(average, t),
    equals,
    weight,
    sub(average, before),
    plus,
    parentheses(one, minus, weight),
    value,
  ];
}

/** The step itself, of the averages freed from their start at zero. */
export const adamStep: Formula = row(
  sub(theta, t),
  equals,
  sub(theta, before),
  minus,
  eta,
  fraction(hat(sub(m, t)), row({ type: 'root', of: hat(sub(v, t)) }, plus, epsilon)),
  operator(','),
  ...[[m, 1] as const, [v, 2] as const].flatMap(([average, which], place) => [
    ...(place === 0 ? [] : [operator(',')]),
    hat(sub(average, t)),
    equals,
    fraction(
      sub(average, t),
      row(one, minus, { type: 'scripts', base: beta, below: number(which), above: t }),
    ),
  ]),
);

export const sgdStep: Formula = row(
  sub(v, t),
  equals,
  mu,
  times,
  sub(v, before),
  plus,
  sub(g, t),
  operator(','),
  sub(theta, t),
  equals,
  sub(theta, before),
  minus,
  eta,
  times,
  sub(v, t),
);
