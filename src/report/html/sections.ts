import { entryOf } from '../bibliography/entry.js';
import { citedWorks, idOfWork } from '../bibliography/citations.js';
import type { ReportDocument, Subsection } from '../document.js';
import type { Drawings } from '../draw/drawings.js';
import type { Labels } from '../labels.js';
import { element, escapeMarkup, textElement } from '../markup.js';
import { letteredAppendices, type NumberedSection, numberedSections } from '../structure.js';
import { blockMarkup } from './blocks.js';
import { textMarkup } from './text.js';

const REFERENCES = { id: 'references', title: 'References' } as const;

/** The sections, and what follows them: the list of references, and the appendices. */
export function sectionsMarkup(document: ReportDocument, labels: Labels, drawings: Drawings) {
  const render = (numbered: NumberedSection) => sectionMarkup(numbered, labels, drawings);
  return {
    sections: numberedSections(document).map(render),
    end: [...referencesMarkup(document, labels), ...letteredAppendices(document).map(render)],
  };
}

/**
 * A list of links to the sections and their subsections.
 *
 * @param more what follows the sections without a number
 */
export function contentsMarkup(
  document: ReportDocument,
  more: readonly Pick<Subsection, 'id' | 'title'>[],
): string {
  const entry = ({ id, title }: Pick<Subsection, 'id' | 'title'>, number: string, ...inner: string[]) =>
    element('li', {}, textElement('a', { href: `#${id}` }, `${number} ${title}`.trimStart()), ...inner);
  const entries = ({ section, number }: NumberedSection) => {
    const inner = section.subsections.map((each, index) => entry(each, `${number}.${index + 1}`));
    return entry(section, number, ...(inner.length === 0 ? [] : [element('ol', {}, ...inner)]));
  };
  return element(
    'ol',
    {},
    ...numberedSections(document).map(entries),
    ...more.map((each) => entry(each, '')),
    ...(citedWorks(document).length === 0 ? [] : [entry(REFERENCES, '')]),
    ...letteredAppendices(document).map(entries),
  );
}

function sectionMarkup({ section, number }: NumberedSection, labels: Labels, drawings: Drawings): string {
  const { id, title, blocks, subsections } = section;
  return element(
    'section',
    { id },
    element('h2', {}, `${number} ${escapeMarkup(title)}`),
    ...blocks.map((block) => blockMarkup(block, labels, drawings)),
    ...subsections.map((subsection, index) =>
      subsectionMarkup(subsection, `${number}.${index + 1}`, labels, drawings),
    ),
  );
}

function subsectionMarkup(
  { id, title, blocks }: Subsection,
  number: string,
  labels: Labels,
  drawings: Drawings,
): string {
  return element(
    'section',
    { id },
    element('h3', {}, `${number} ${escapeMarkup(title)}`),
    ...blocks.map((block) => blockMarkup(block, labels, drawings)),
  );
}

function referencesMarkup(document: ReportDocument, labels: Labels): string[] {
  const works = citedWorks(document);
  if (works.length === 0) return [];
  const entries = works.map((work) =>
    element('li', { id: idOfWork(work) }, textMarkup(entryOf(work), labels)),
  );
  return [
    element(
      'section',
      { id: REFERENCES.id },
      textElement('h2', {}, REFERENCES.title),
      element('ol', { class: 'works' }, ...entries),
    ),
  ];
}
