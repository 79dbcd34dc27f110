import { describe, expect, it } from 'vitest';
import { formatTable, frame, wrap } from '#inkling/cli/terminal/tables.js';

describe('formatTable', () => {
  it('aligns columns of different widths', () => {
    const rows = [
      ['layer', 'size'],
      ['a', '1'],
      ['flatten', '10,000'],
    ];
    expect(formatTable(rows, ['left', 'right'])).toEqual([
      'layer      size',
      'a             1',
      'flatten  10,000',
    ]);
  });

  it('has no trailing spaces', () => {
    const rows = [
      ['a', 'long'],
      ['b', ''],
    ];
    expect(formatTable(rows, ['left', 'left'])).toEqual(['a  long', 'b']);
  });
});

describe('wrap', () => {
  it('breaks lines between words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });

  it('breaks a word that is too long', () => {
    expect(wrap('a 123456789 b', 4)).toEqual(['a', '1234', '5678', '9 b']);
  });
});

describe('frame', () => {
  it('has lines of equal width', () => {
    expect(frame(['one two', '', 'three'], 9)).toEqual([
      '┌───────┐',
      '│ one   │',
      '│ two   │',
      '│       │',
      '│ three │',
      '└───────┘',
    ]);
  });
});
