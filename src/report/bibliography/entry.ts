import type { Text } from '../document.js';
import { works, type WorkKey } from './works/index.js';

/** More authors are listed as the first one and others. */
const MAX_AUTHORS = 8;

/** An entry of the list of references: the authors, the title, where and when it was published, and a link. */
export function entryOf(key: WorkKey): Text {
  const { authors, title, venue, volume, number, pages, year, doi, address } = works[key];
  const where = [
    venue,
    ...(volume === undefined ? [] : [`vol. ${volume}`]),
    ...(number === undefined ? [] : [`no. ${number}`]),
    ...(pages === undefined ? [] : [`${pages.includes('–') ? 'pp.' : 'p.'} ${pages}`]),
    String(year),
  ];
  const link = doi === undefined ? address : `https://doi.org/${doi}`;
  return [
    `${namesOf(authors)}. “${title}”. `,
    { type: 'emphasis', text: where[0] },
    `, ${where.slice(1).join(', ')}.`,
    ...(link === undefined
      ? []
      : [' ', { type: 'link', address: link, text: doi === undefined ? link : `doi:${doi}` } as const]),
  ];
}

/** `A and B`, `A, B, and C`, or `A et al.` */
function namesOf(authors: readonly string[]): string {
  if (authors.length > MAX_AUTHORS || authors.at(-1) === 'others') return `${authors[0]} et al`;
  return new Intl.ListFormat('en-US').format(authors);
}
