import type { Text } from '../document.js';
import { element, escapeMarkup, textElement } from '../markup.js';
import { formulaMarkup } from './formula.js';

/** The label of each id; see `referenceLabels`. */
export type ReferenceLabels = ReadonlyMap<string, string>;

/** Other links, such as `javascript:`, are rendered as plain text. */
const SAFE_ADDRESS = /^https?:\/\//;

/** Running text as HTML. */
export function textMarkup(text: Text, labels: ReferenceLabels): string {
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
          return textElement('a', { href: `#${part.id}` }, labelOf(part.id, labels));
        case 'link':
          return SAFE_ADDRESS.test(part.address)
            ? element('a', { href: part.address, rel: 'noreferrer' }, escapeMarkup(part.text))
            : escapeMarkup(part.text);
      }
    })
    .join('');
}

/** `Figure 3` */
export function labelOf(id: string, labels: ReferenceLabels): string {
  const label = labels.get(id);
  if (label === undefined) throw new Error(`the report has no element with the id ${id}`);
  return label;
}
