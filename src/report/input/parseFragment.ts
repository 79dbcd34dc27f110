import { InklingError } from '../../core/errors.js';
import type { Token, Tokens } from '../../vendor/markdown.js';
import type { Block, Listing, Text } from '../document.js';
import { inlineText, plainOf } from './fragmentText.js';
import { lexFragment } from './lexFragment.js';
import { parseMath } from './parseMath.js';

const SUPPORTED =
  'paragraphs, lists, and code between lines of ```, with emphasis, code, formulas, links, and citations';

/** What a user may write that reports do not take from Markdown, and what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  heading: 'a heading; a file is the text of one section, which has its heading already',
  table: 'a table; describe it in text',
  html: 'HTML; write Markdown',
  blockquote: 'a quotation; write a paragraph',
  hr: 'a line; leave an empty line between paragraphs',
};

/**
 * The text that a user wrote for a section, in a small part of Markdown.
 *
 * @param file names the text in error messages
 * @param id of the section
 * @throws {InklingError} for anything else that Markdown has
 */
export function parseFragment(markdown: string, file: string, id: string): readonly Block[] {
  const counts = { code: 0, equation: 0 };
  const nextId = (kind: keyof typeof counts) => `${id}-${kind}-${++counts[kind]}`;
  return lexFragment(markdown).flatMap((token): Block[] => {
    switch (token.type) {
      case 'space':
      case 'def':
        return [];
      case 'paragraph':
      case 'text':
        return paragraphsOf(token.tokens ?? [], file, () => nextId('equation'));
      case 'list':
        return [listOf(token as Tokens.List, file)];
      case 'code':
        return [listingOf(token as Tokens.Code, nextId('code'))];
      default:
        throw unsupported(token, file);
    }
  });
}

/** Displayed formulas divide a paragraph. */
function paragraphsOf(tokens: readonly Token[], file: string, nextId: () => string): Block[] {
  const position = tokens.findIndex(({ type }) => type === 'displayMath');
  const before = position === -1 ? tokens : tokens.slice(0, position);
  const text = inlineText(before, file);
  const isBlank = text.every((part) => typeof part === 'string' && part.trim() === '');
  const paragraph: Block[] = isBlank ? [] : [{ type: 'paragraph', text }];
  if (position === -1) return paragraph;
  const formula = parseMath(plainOf(tokens[position]), file);
  return [
    ...paragraph,
    { type: 'displayedFormula', id: nextId(), formula },
    ...paragraphsOf(tokens.slice(position + 1), file, nextId),
  ];
}

function listOf({ ordered, items }: Tokens.List, file: string): Block {
  return { type: 'list', isOrdered: ordered, items: items.map((item) => itemText(item, file)) };
}

/** The text of an item, which may not contain another list. */
function itemText({ tokens }: Tokens.ListItem, file: string): Text {
  const texts = tokens.filter(({ type }) => type !== 'space' && type !== 'checkbox');
  return texts.flatMap((token, index): Text => {
    if (token.type !== 'text' && token.type !== 'paragraph') throw unsupported(token, file);
    return [
      ...(index === 0 ? [] : [' ']),
      ...inlineText('tokens' in token ? (token.tokens ?? []) : [], file),
    ];
  });
}

/** All captions end like sentences. */
function sentenceOf(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** The words after the language are the caption. */
function listingOf({ lang = '', text }: Tokens.Code, id: string): Listing {
  const [name, ...caption] = lang.split(/\s+/);
  const language = {
    ts: 'typescript',
    typescript: 'typescript',
    python: 'python',
    py: 'python',
    sh: 'sh',
  } as const;
  const known: Readonly<Record<string, Listing['language']>> = language;
  return {
    type: 'listing',
    id,
    language: Object.hasOwn(known, name) ? known[name] : 'text',
    code: text,
    caption: [sentenceOf(caption.length === 0 ? 'Code' : caption.join(' '))],
  };
}

function unsupported({ type, raw }: Token, file: string): InklingError {
  const what = type === 'list' ? 'a list in a list; write one list' : (UNSUPPORTED[type] ?? type);
  const [line] = raw.trim().split('\n');
  return new InklingError(`${file}: "${line}": expected ${SUPPORTED}, got ${what}`);
}
