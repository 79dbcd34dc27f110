import { InklingError } from '../../core/errors.js';
import { unknownName } from '../../core/suggest.js';
import type { Token } from '../../vendor/markdown.js';
import { works, type WorkKey } from '../bibliography/works/index.js';
import type { Inline, Text } from '../document.js';
import { parseMath } from './parseMath.js';

/** What running text does not have, and what to do instead. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  image: 'an image; leave it out',
  html: 'HTML; leave it out',
  displayMath: 'a displayed formula; write it in a paragraph, or between single dollar signs',
};

/** The running text of a part of a user's Markdown; emphasis within emphasis is joined to it. */
export function inlineText(tokens: readonly Token[], file: string): Text {
  return tokens.flatMap((token) => inline(token, file));
}

function inline(token: Token, file: string): Text {
  switch (token.type) {
    case 'text':
      return innerTokens(token).length > 0
        ? inlineText(innerTokens(token), file)
        : withCitations(unescaped(token.raw), file);
    case 'escape':
      return [plainOf(token)];
    case 'br':
      return [' '];
    case 'strong':
      return [{ type: 'strong', text: plainOf(token) }];
    case 'em':
      return [{ type: 'emphasis', text: plainOf(token) }];
    case 'codespan':
      return [{ type: 'code', text: plainOf(token) }];
    case 'math':
      return [{ type: 'formula', formula: parseMath(plainOf(token), file) }];
    case 'link':
      return [linkOf(token, file)];
    default:
      throw new InklingError(
        `${file}: "${token.raw}": expected text with emphasis, code, formulas, links, and citations, got ${UNSUPPORTED[token.type] ?? `${token.type}; leave it out`}`,
      );
  }
}

/** Some kinds of tokens contain others. */
function innerTokens(token: Token): readonly Token[] {
  return ('tokens' in token ? token.tokens : undefined) ?? [];
}

/** The characters of a part, without what is emphasized in it. */
export function plainOf(token: Token): string {
  const inner = innerTokens(token);
  if (inner.length > 0) return inner.map(plainOf).join('');
  return 'text' in token && typeof token.text === 'string' ? unescaped(token.text) : '';
}

/** A link to a page, or a reference to an element of the report, `[](#loss)`. */
function linkOf(token: Token, file: string): Inline {
  const href = 'href' in token ? String(token.href) : '';
  if (href.startsWith('#')) return { type: 'reference', id: href.slice(1) };
  if (/^https?:\/\//.test(href)) return { type: 'link', address: href, text: plainOf(token) };
  throw new InklingError(
    `${file}: "${token.raw}": expected a link to http://…, https://…, or, in the report, #id, got "${href}"; correct the address`,
  );
}

/** Citations are written as Pandoc reads them: `[@kingma2015adam]`. */
function withCitations(text: string, file: string): Text {
  return text.split(/(\[@[^\]]*\])/).flatMap((part): Text => {
    const key = /^\[@(.*)\]$/.exec(part)?.[1];
    if (key === undefined) return part === '' ? [] : [part.replace(/\n/g, ' ')];
    if (isWork(key)) return [{ type: 'citation', work: key }];
    throw new InklingError(`${file}: "${part}": ${unknownName('work', key, Object.keys(works))}`);
  });
}

function isWork(key: string): key is WorkKey {
  return Object.hasOwn(works, key);
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name]);
}
