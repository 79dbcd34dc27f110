import { expect, it } from 'vitest';
import type { Formula } from '#inkling/report/document.js';
import { writeFormula } from '#inkling/report/typst/formula.js';

const operator = (text: string): Formula => ({ type: 'operator', text });
const [x, comma] = [{ type: 'symbol', text: 'x' } as const, operator(',')];

it('escapes symbols, but not numbers and words', () => {
  expect(writeFormula({ type: 'symbol', text: 'θ' })).toBe(String.raw`\u{3b8}`);
  expect(writeFormula({ type: 'symbol', text: '𝒩' })).toBe(String.raw`\u{1d4a9}`);
  expect(writeFormula({ type: 'number', text: '0.999' })).toBe('"0.999"');
  expect(writeFormula({ type: 'text', text: 'a "log"' })).toBe(String.raw`op("a \"log\"")`);
});

it('escapes commas in arguments', () => {
  const formula: Formula = { type: 'fraction', numerator: comma, denominator: { type: 'root', radicand: x } };
  expect(writeFormula(formula)).toBe(String.raw`frac(\u{2c}, sqrt(\u{78}))`);
  expect(
    writeFormula({ type: 'scripts', base: { type: 'hat', base: x }, subscript: x, superscript: comma }),
  ).toBe(String.raw`attach(hat(\u{78}), b: \u{78}, t: \u{2c})`);
  expect(writeFormula({ type: 'scripts', base: x, superscript: x })).toBe(
    String.raw`attach(\u{78}, t: \u{78})`,
  );
});

it('makes matching brackets grow, but not single ones', () => {
  const row = (...parts: Formula[]): string => writeFormula({ type: 'row', parts });
  const [open, close] = [String.raw`\u{28}`, String.raw`\u{29}`];
  expect(row(operator('('), x, operator(')'), x)).toBe(String.raw`lr(${open} \u{78} ${close}) \u{78}`);
  expect(row(operator('('), operator('('), x, operator(')'), x)).toBe(
    String.raw`${open} lr(${open} \u{78} ${close}) \u{78}`,
  );
  expect(row(x, operator(')'))).toBe(String.raw`\u{78} ${close}`);
});
