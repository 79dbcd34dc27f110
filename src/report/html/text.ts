import type { Text } from '../document.js';
import { element, escapeMarkup, textElement } from '../markup.js';
import { formulaMarkup } from './formula.js';

/** What ids are called; see `namesOf`. */
export type Names = ReadonlyMap<string, string>;

/** Addresses that a link may have. */
const SAFE_ADDRESS = /^https?:\/\//;

/** Running text as HTML. */
export function textMarkup(text: Text, names: Names): string {
  return text
    .map((part) => {
      if (typeof part === 'string') return escapeMarkup(part);
      switch (part.type) {
        case 'strong':
        case 'code':
          return textElement(part.type, {}, part.text);
        case 'formula':
          return formulaMarkup(part.formula, 'inline');
        case 'reference':
          return textElement('a', { href: `#${part.id}` }, nameOf(part.id, names));
        case 'link':
          return SAFE_ADDRESS.test(part.address)
            ? element('a', { href: part.address, rel: 'noreferrer' }, escapeMarkup(part.text))
            : escapeMarkup(part.text);
      }
    })
    .join('');
}

/** `Figure 3` */
export function nameOf(id: string, names: Names): string {
  const name = names.get(id);
  if (name === undefined) throw new Error(`the report has nothing with the id ${id}`);
  return name;
}
