import { expect, test } from 'vitest';
import { formulaMarkup } from '#inkling/report/html/formula.js';
import { FORMULA } from '../../helpers/reportDocument.js';

test('renders MathML', () => {
  const fraction: typeof FORMULA = {
    type: 'fraction',
    numerator: { type: 'hat', base: { type: 'symbol', text: 'm' } },
    denominator: {
      type: 'scripts',
      base: { type: 'number', text: '2' },
      superscript: { type: 'symbol', text: '<' },
    },
  };
  expect(formulaMarkup(fraction, 'inline')).toBe(
    '<math display="inline"><mfrac>' +
      '<mrow><mover accent="true"><mrow><mi>m</mi></mrow><mo>^</mo></mover></mrow>' +
      '<mrow><msup><mrow><mn>2</mn></mrow><mrow><mi>&lt;</mi></mrow></msup></mrow>' +
      '</mfrac></math>',
  );
});

test('renders every kind of formula', () => {
  const markup = formulaMarkup(FORMULA, 'block');
  const tags = new Set([...markup.matchAll(/<([a-z]+)/g)].map(([, tag]) => tag));
  expect([...tags].sort()).toEqual(
    ['math', 'mfrac', 'mi', 'mn', 'mo', 'mover', 'mrow', 'msqrt', 'msub', 'msubsup'].sort(),
  );
});
