import { idOfWork } from '../bibliography/citations.js';
import type { Inline, Text } from '../document.js';
import { labelOf, type Labels } from '../labels.js';
import { element, escapeMarkup, textElement } from '../markup.js';
import { formulaMarkup } from './formula.js';

/** Other links, such as `javascript:`, are rendered as plain text. */
const SAFE_ADDRESS = /^https?:\/\//;

/** Running text as HTML. */
export function textMarkup(text: Text, labels: Labels): string {
  return text.map((part) => inlineMarkup(part, labels)).join('');
}

function inlineMarkup(part: Inline, labels: Labels): string {
  if (typeof part === 'string') return escapeMarkup(part);
  switch (part.type) {
    case 'strong':
    case 'code':
      return textElement(part.type, {}, part.text);
    case 'emphasis':
      return textElement('em', {}, part.text);
    case 'formula':
      return formulaMarkup(part.formula, 'inline');
    case 'reference':
      return linkTo(part.id, labels);
    case 'citation':
      return linkTo(idOfWork(part.work), labels);
    case 'link':
      return SAFE_ADDRESS.test(part.address)
        ? element('a', { href: part.address, rel: 'noreferrer' }, escapeMarkup(part.text))
        : escapeMarkup(part.text);
  }
}

function linkTo(id: string, labels: Labels): string {
  return textElement('a', { href: `#${id}` }, labelOf(id, labels));
}
