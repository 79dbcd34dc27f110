import type { WorkKey } from '../bibliography/works/index.js';
import type { Formula, Inline, Text } from '../document.js';

/** Spaces at which no line may break: between a number and its unit, and within `p < 0.0001`. */
const UNBREAKABLE_SPACE = /(?<=\d) (?=%|s\b|min\b|h\b|MB\b)|(?<=\bp) (?=[<=])|(?<=\bp [<=]) (?=\d)/g;

/** Running text from a template, such as `` text`${reference('curve')} shows …` ``. */
export function text(strings: readonly string[], ...parts: readonly (Inline | number)[]): Text {
  const all = strings.flatMap((string, index) => (index < parts.length ? [string, parts[index]] : [string]));
  const merged: Inline[] = [];
  for (const part of all.map((each) => (typeof each === 'number' ? String(each) : each))) {
    const last = merged.at(-1);
    if (typeof part === 'string' && typeof last === 'string') merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged
    .filter((part) => part !== '')
    .map((part) => (typeof part === 'string' ? keepTogether(part) : part));
}

function keepTogether(words: string): string {
  return words.replace(UNBREAKABLE_SPACE, '\u00a0');
}

/** Joins texts with spaces, leaving out empty ones. */
export function sentences(...texts: readonly Text[]): Text {
  return texts
    .filter((each) => each.length > 0)
    .flatMap((each, index) => (index === 0 ? each : [' ', ...each]));
}

export const reference = (id: string): Inline => ({ type: 'reference', id });
export const strong = (words: string): Inline => ({ type: 'strong', text: keepTogether(words) });
export const code = (words: string): Inline => ({ type: 'code', text: words });
/** A citation of a work, `[3]`. */
export const cite = (work: WorkKey): Inline => ({ type: 'citation', work });
export const math = (formula: Formula): Inline => ({ type: 'formula', formula });
