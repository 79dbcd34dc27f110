import type { Formula } from '../document.js';

export const symbol = (text: string): Formula => ({ type: 'symbol', text });
export const number = (value: number): Formula => ({ type: 'number', text: String(value) });
const operator = (text: string): Formula => ({ type: 'operator', text });
const word = (text: string): Formula => ({ type: 'text', text });
const row = (...parts: readonly Formula[]): Formula => ({ type: 'row', parts });
const fraction = (numerator: Formula, denominator: Formula): Formula => ({
  type: 'fraction',
  numerator,
  denominator,
});
const hat = (base: Formula): Formula => ({ type: 'hat', base });
const sub = (base: Formula, subscript: Formula): Formula => ({ type: 'scripts', base, subscript });
const sup = (base: Formula, superscript: Formula): Formula => ({ type: 'scripts', base, superscript });

const [equals, minus, plus] = ['=', '−', '+'].map(operator);
const [x, y, z, h, g, m, v, t, i] = ['x', 'y', 'z', 'h', 'g', 'm', 'v', 't', 'i'].map(symbol);
const [theta, eta, beta, epsilon, mu, lambda, pi] = ['θ', 'η', 'β', 'ε', 'μ', 'λ', 'π'].map(symbol);
const [b, c, j, k, l, o, p, s, w] = ['b', 'c', 'j', 'k', 'l', 'o', 'p', 's', 'w'].map(symbol);
const one = number(1);
const previous = row(t, minus, one);
const parentheses = (...parts: readonly Formula[]) => row(operator('('), ...parts, operator(')'));

/** `p_k = e^{z_k} / Σ_i e^{z_i}`: each exponent divided by a temperature, if there is one. */
function softmaxOf(exponent: (logit: Formula) => Formula): Formula {
  const power = (index: Formula) => sup(symbol('e'), exponent(sub(z, index)));
  return row(sub(p, k), equals, fraction(power(k), row(sub(operator('∑'), i), power(i))));
}

export const softmax: Formula = softmaxOf((logit) => logit);

/** The softmax of logits that are divided by a temperature. Source: Guo et al., 2017. */
export const temperatureScaling: Formula = softmaxOf((logit) => row(logit, operator('/'), symbol('T')));

/** `L = − log p_y` */
export const crossEntropy: Formula = row(symbol('L'), equals, minus, word('log'), sub(p, y));

/**
 * Adam's moving averages of the gradient and of its square. Source of all Adam formulas: Kingma and Ba, "Adam: A Method for
 * Stochastic Optimization", ICLR 2015, algorithm 1.
 */
export const adamMoments: readonly Formula[] = [
  movingAverage(m, 1, sub(g, t)),
  movingAverage(v, 2, { type: 'scripts', base: g, subscript: t, superscript: number(2) }),
];

function movingAverage(average: Formula, which: number, value: Formula): Formula {
  const weight = sub(beta, number(which));
  return row(
    sub(average, t),
    equals,
    weight,
    sub(average, previous),
    plus,
    parentheses(one, minus, weight),
    value,
  );
}

/** Adam's bias-corrected averages. */
export const adamCorrections: readonly Formula[] = [corrected(m, 1), corrected(v, 2)];

function corrected(average: Formula, which: number): Formula {
  const decay: Formula = { type: 'scripts', base: beta, subscript: number(which), superscript: t };
  return row(sub(hat(average), t), equals, fraction(sub(average, t), row(one, minus, decay)));
}

/** Adam's parameter update. */
export const adamStep: Formula = step(
  sub(theta, previous),
  fraction(sub(hat(m), t), row({ type: 'root', radicand: sub(hat(v), t) }, plus, epsilon)),
);

/** `θ_t = start − η direction` */
function step(start: Formula, direction: Formula): Formula {
  return row(sub(theta, t), equals, start, minus, eta, direction);
}

const velocity = row(sub(v, t), equals, mu, sub(v, previous), plus, sub(g, t));

/** The velocity and the parameter update of stochastic gradient descent with momentum, as in PyTorch. */
export const sgdSteps: readonly Formula[] = [velocity, step(sub(theta, previous), sub(v, t))];

/** The same with Nesterov momentum. */
export const nesterovSteps: readonly Formula[] = [
  velocity,
  step(sub(theta, previous), parentheses(sub(g, t), plus, mu, sub(v, t))),
];

/** AdamW's weight decay. Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019. */
export const decoupledDecay: Formula = row(
  sub(theta, previous),
  operator('←'),
  parentheses(one, minus, eta, lambda),
  sub(theta, previous),
);

/** Weight decay as an L2 penalty, added to the gradient. */
export const penaltyGradient: Formula = row(
  sub(g, t),
  operator('←'),
  sub(g, t),
  plus,
  lambda,
  sub(theta, previous),
);

const indexed = (base: Formula, ...indices: readonly Formula[]) =>
  sub(base, row(...indices.flatMap((index, at) => (at === 0 ? [index] : [operator(','), index]))));

/** `h_{o,i,j} = b_o + Σ_{c,k,l} w_{o,c,k,l} x_{c, s i + k − p, s j + l − p}` */
export const convolution: Formula = row(
  indexed(h, o, i, j),
  equals,
  sub(b, o),
  plus,
  indexed(operator('∑'), c, k, l),
  indexed(w, o, c, k, l),
  indexed(x, c, row(s, i, plus, k, minus, p), row(s, j, plus, l, minus, p)),
);

/** `h = γ (x − μ) / √(σ² + δ) + β` */
export const batchNormalization: Formula = row(
  h,
  equals,
  symbol('γ'),
  fraction(row(x, minus, mu), {
    type: 'root',
    radicand: row(sup(symbol('σ'), number(2)), plus, symbol('δ')),
  }),
  plus,
  beta,
);

/** `h = max(0, x)` */
export const reluFormula: Formula = row(h, equals, word('max'), parentheses(number(0), operator(','), x));

/** `h_{c,i,j} = max_{k,l} x_{c, s i + k − p, s j + l − p}` */
export const maxPooling: Formula = row(
  indexed(h, c, i, j),
  equals,
  indexed(word('max'), k, l),
  indexed(x, c, row(s, i, plus, k, minus, p), row(s, j, plus, l, minus, p)),
);

/** `h_o = b_o + Σ_i w_{o,i} x_i` */
export const linearLayer: Formula = row(
  sub(h, o),
  equals,
  sub(b, o),
  plus,
  sub(operator('∑'), i),
  indexed(w, o, i),
  sub(x, i),
);

/** `B = 1/n Σ_j Σ_k (p_{j,k} − u_{j,k})²`, over images `j` and classes `k` */
export const brierScore: Formula = row(
  symbol('B'),
  equals,
  fraction(one, symbol('n')),
  sub(operator('∑'), j),
  sub(operator('∑'), k),
  sup(parentheses(indexed(p, j, k), minus, indexed(symbol('u'), j, k)), number(2)),
);

/** `(1 + t) / (10 + t)`: the upper bound of the decay of averaged weights after step `t`. */
export const emaDecayFormula: Formula = fraction(row(one, plus, t), row(number(10), plus, t));

/** `½ (1 + cos π s)`, for a fraction `s` of the steps */
export const cosineFactor: Formula = row(
  fraction(one, number(2)),
  parentheses(one, plus, word('cos'), pi, symbol('s')),
);

/** `β_1` and `β_2` */
export function decay(which: number): Formula {
  return sub(beta, number(which));
}

/** A number such as `1e-8` as a power of ten. */
export function power(value: number): Formula {
  const [digits, exponent] = value.toExponential().split('e');
  const ten = sup(
    number(10),
    row(...(exponent.startsWith('-') ? [minus] : []), number(Math.abs(Number(exponent)))),
  );
  return digits === '1' ? ten : row(number(Number(digits)), operator('·'), ten);
}
