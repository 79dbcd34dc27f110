import { VERSION } from '../../core/version.js';
import { namesOf, type ReportDocument, type Section, type Subsection } from '../document.js';
import type { Drawings } from '../draw/drawings.js';
import { element, escapeMarkup, openTag, textElement } from '../markup.js';
import { blockMarkup } from './blocks.js';
import { script } from './script.js';
import { style } from './style.js';
import { type Names, textMarkup } from './text.js';

/** A report as one HTML file that needs nothing else. */
export function renderPage(document: ReportDocument, drawings: Drawings): string {
  const names = namesOf(document);
  const head = [
    openTag('meta', { charset: 'utf-8' }),
    openTag('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    openTag('meta', { name: 'generator', content: `Inkling ${VERSION}` }),
    // Nothing is loaded from anywhere, whatever a name in the record may say.
    openTag('meta', {
      'http-equiv': 'Content-Security-Policy',
      content: "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'",
    }),
    textElement('title', {}, document.title),
    element('style', {}, style),
  ];
  const body = [
    titleMarkup(document, names),
    element(
      'main',
      {},
      ...document.sections.map((section, i) => sectionMarkup(section, i + 1, names, drawings)),
    ),
    textElement('footer', {}, `Made by Inkling ${VERSION} from the records of the runs alone.`),
    element('script', {}, script),
  ];
  return `<!doctype html>\n${element('html', { lang: 'en' }, element('head', {}, ...head), '\n', element('body', {}, ...body))}\n`;
}

function titleMarkup(document: ReportDocument, names: Names): string {
  const { title, author, affiliation, date, notices, abstract, facts, sections } = document;
  const byline = [author, affiliation, date].filter((part) => part !== undefined).join(' · ');
  const contents = sections.map(({ id, title: heading }) =>
    element('li', {}, textElement('a', { href: `#${id}` }, heading)),
  );
  return element(
    'header',
    {},
    textElement('h1', {}, title),
    textElement('p', { class: 'byline' }, byline),
    ...notices.map((notice) => element('p', { class: 'notice', role: 'note' }, textMarkup(notice, names))),
    element('p', { class: 'abstract' }, textMarkup(abstract, names)),
    element(
      'dl',
      {},
      ...facts.map(
        ({ label, value }) => textElement('dt', {}, label) + element('dd', {}, textMarkup(value, names)),
      ),
    ),
    element('nav', { 'aria-label': 'Contents' }, element('ol', {}, ...contents)),
  );
}

function sectionMarkup(section: Section, number: number, names: Names, drawings: Drawings): string {
  return element(
    'section',
    { id: section.id },
    element('h2', {}, `${number} ${escapeMarkup(section.title)}`),
    ...section.blocks.map((block) => blockMarkup(block, names, drawings)),
    ...section.subsections.map((subsection, i) =>
      subsectionMarkup(subsection, `${number}.${i + 1}`, names, drawings),
    ),
  );
}

function subsectionMarkup(
  { id, title, blocks }: Subsection,
  number: string,
  names: Names,
  drawings: Drawings,
) {
  return element(
    'section',
    { id },
    element('h3', {}, `${number} ${escapeMarkup(title)}`),
    ...blocks.map((block) => blockMarkup(block, names, drawings)),
  );
}
