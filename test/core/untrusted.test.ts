import { describe, expect, it } from 'vitest';
import { csvCell, visible, visibleJson } from '#inkling/core/untrusted.js';

describe('visible', () => {
  it.each([
    ['\x1b[31mred\x1b[0m', String.raw`\x1b[31mred\x1b[0m`],
    ['bell\x07', String.raw`bell\x07`],
    ['a\r\nb\tc', String.raw`a\r\nb\tc`],
    ['\x9b2J \x7f', String.raw`\x9b2J \x7f`],
    ['cat\u202egpj.exe\u2066\u200f', String.raw`cat\u202egpj.exe\u2066\u200f`],
    ['line\u2028end', String.raw`line\u2028end`],
    ['\ud800', String.raw`\ud800`],
  ])('escapes what acts on a terminal: %j', (text, escaped) => {
    expect(visible(text)).toBe(escaped);
  });

  it.each(['Ünïcödé', '日本', 'שלום', '👩‍🔬', String.raw`C:\new\x1b`, "it's “quoted”"])('keeps %s', (text) => {
    expect(visible(text)).toBe(text);
  });
});

describe('visibleJson', () => {
  it('escapes what acts on a terminal and keeps the value', () => {
    const value = { 'a\x9b\u202e': ['\x1b[31m', '\x7f', '👩‍🔬', '\u2028'] };
    const text = visibleJson(value);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\u2028\u202e]/u);
    expect(JSON.parse(text)).toEqual(value);
  });
});

describe('csvCell', () => {
  it.each([
    ['=1+1', `"'=1+1"`],
    ['+cmd', `"'+cmd"`],
    ['-2+3', `"'-2+3"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
    ['＝1', `"'＝1"`],
    ['=HYPERLINK("http://x","y")', `"'=HYPERLINK(""http://x"",""y"")"`],
  ])('makes a formula harmless: %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });

  it.each(['-1', '+0.5', '-1e-7', 'a=b', 'cat', '', '0'])('keeps %j, which is no formula', (text) => {
    expect(csvCell(text)).toBe(text);
  });

  it('quotes separators, quotes, and line breaks', () => {
    expect(['a,b', 'a"b', 'a\nb'].map(csvCell)).toEqual(['"a,b"', '"a""b"', '"a\nb"']);
  });
});
