import type { Work } from './work.js';
import { works, type WorkKey } from './works/index.js';

const VENUES = {
  article: 'journal',
  book: 'publisher',
  inproceedings: 'booktitle',
  misc: 'howpublished',
  techreport: 'institution',
} as const;

/** Characters that have a meaning in LaTeX. */
const SPECIAL = /[&%#_$]/g;

/** A file for BibTeX, biblatex, and Pandoc with some works, sorted by key. */
export function bibtexOf(keys: readonly WorkKey[]): string {
  return [...keys]
    .sort()
    .map((key) => entryOf(key, works[key]))
    .join('\n');
}

function entryOf(key: string, work: Work): string {
  const { kind, authors, title, venue, volume, number, pages, year, doi, address } = work;
  const fields: [name: string, value: string | undefined][] = [
    ['author', escaped(authors.join(' and '))],
    // Braces keep the capital letters that BibTeX would change.
    ['title', `{${escaped(title)}}`],
    [VENUES[kind], escaped(venue)],
    ['volume', volume],
    ['number', number],
    ['pages', pages?.replace('–', '--')],
    ['year', String(year)],
    ['doi', doi],
    ['url', address],
  ];
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : `  ${name} = {${value}},`));
  return [`@${kind}{${key},`, ...lines, '}', ''].join('\n');
}

function escaped(text: string): string {
  return text.replace(SPECIAL, String.raw`\$&`);
}
