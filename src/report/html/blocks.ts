import type { Block, Drawing, Figure, GalleryEntry, Table } from '../document.js';
import { drawingFor, type Drawings } from '../draw/drawings.js';
import { element, openTag, textElement } from '../markup.js';
import { formulaMarkup } from './formula.js';
import { nameOf, type Names, textMarkup } from './text.js';

/** A part of a section as HTML. */
export function blockMarkup(block: Block, names: Names, drawings: Drawings): string {
  switch (block.type) {
    case 'paragraph':
      return element('p', {}, textMarkup(block.text, names));
    case 'list':
      return element('ul', {}, ...block.items.map((item) => element('li', {}, textMarkup(item, names))));
    case 'displayedFormula':
      return element('div', { class: 'formula', tabindex: 0 }, formulaMarkup(block.formula, 'block'));
    case 'table':
      return tableMarkup(block, names);
    case 'figure':
      return figureMarkup(block, names, drawingFor(block, drawings));
  }
}

function tableMarkup({ id, caption, columns, rows }: Table, names: Names): string {
  const head = columns.map(({ title, align }) =>
    textElement(title === '' ? 'td' : 'th', { class: align, scope: title === '' ? undefined : 'col' }, title),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell, column) => element('td', { class: columns[column].align }, textMarkup(cell, names))),
    ),
  );
  const table = element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...body),
  );
  return element(
    'figure',
    { id, class: 'table' },
    element('figcaption', {}, captionMarkup(id, textMarkup(caption, names), names)),
    scrollable(nameOf(id, names), table),
  );
}

function figureMarkup(
  { id, caption, alternative, gallery = [] }: Figure,
  names: Names,
  drawing: Drawing,
): string {
  const figure = element(
    'figure',
    { id },
    scrollable(nameOf(id, names), svgMarkup(drawing, alternative, gallery.length > 0)),
    element('figcaption', {}, captionMarkup(id, textMarkup(caption, names), names)),
  );
  return gallery.length === 0 ? figure : figure + galleryMarkup(gallery, nameOf(id, names));
}

/** What is too wide for a small screen moves sideways in a frame of its own, also by keyboard. */
function scrollable(name: string, content: string): string {
  return element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-label': name }, content);
}

function captionMarkup(id: string, caption: string, names: Names): string {
  return `${textElement('strong', {}, `${nameOf(id, names)}.`)} ${caption}`;
}

/** The pictures behind a figure's parts: closed until a link leads to one. */
function galleryMarkup(gallery: readonly GalleryEntry[], name: string): string {
  const entries = gallery.map(({ id, title, alternative, drawing }) =>
    element(
      'section',
      { id, class: 'entry' },
      textElement('h4', {}, title),
      svgMarkup(drawing, alternative, false),
    ),
  );
  return element(
    'details',
    { class: 'gallery' },
    element(
      'summary',
      {},
      `Images behind the cells of ${name}: the first of each right answer, the most confident of each mistake`,
    ),
    element(
      'div',
      { class: 'entries', tabindex: 0, role: 'group', 'aria-label': `Images of ${name}` },
      ...entries,
    ),
  );
}

/** How far a drawing may grow beyond its own size, and shrink below it before it is moved sideways. */
const [GROWTH, SHRINKAGE] = [1.15, 0.66];

/** A drawing in the page: its colours are the page's, and its size follows the page's width. */
function svgMarkup({ svg, width, height }: Drawing, alternative: string, hasLinks: boolean): string {
  const style = `min-width:${Math.round(SHRINKAGE * width)}px;max-width:${Math.round(GROWTH * width)}px`;
  const start = openTag('svg', {
    // With links inside, it is no picture to who cannot see it, but a group of them.
    role: hasLinks ? 'group' : 'img',
    'aria-label': alternative,
    style,
    viewBox: `0 0 ${width} ${height}`,
  });
  return `${start}${svg.slice(svg.indexOf('>') + 1)}`;
}
