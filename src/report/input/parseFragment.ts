import { InklingError } from '../../core/errors.js';
import { lexer, type Token, type Tokens } from '../../vendor/markdown.js';
import type { Block, Listing, Text } from '../document.js';
import { inlineText } from './fragmentText.js';

const SUPPORTED =
  'paragraphs, lists, and code between lines of ```, with emphasis, code, links, and citations';

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
  let listings = 0;
  return lexer(markdown).flatMap((token): Block[] => {
    switch (token.type) {
      case 'space':
      case 'def':
        return [];
      case 'paragraph':
      case 'text':
        return [{ type: 'paragraph', text: inlineText(token.tokens ?? [], file) }];
      case 'list':
        return [listOf(token as Tokens.List, file)];
      case 'code':
        return [listingOf(token as Tokens.Code, `${id}-code-${++listings}`)];
      default:
        throw unsupported(token, file);
    }
  });
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
    caption: [caption.length === 0 ? 'Code.' : caption.join(' ')],
  };
}

function unsupported({ type, raw }: Token, file: string): InklingError {
  const what = type === 'list' ? 'a list in a list; write one list' : (UNSUPPORTED[type] ?? type);
  const [line] = raw.trim().split('\n');
  return new InklingError(`${file}: "${line}": expected ${SUPPORTED}, got ${what}`);
}
