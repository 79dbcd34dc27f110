import type { Block, DisplayedFormula, Drawing, Figure, GalleryEntry, Listing, Table } from '../document.js';
import { drawingFor, type Drawings } from '../draw/drawings.js';
import { labelOf, type Labels } from '../labels.js';
import { element, openTag, textElement } from '../markup.js';
import { formulaMarkup } from './formula.js';
import { textMarkup } from './text.js';

/** A block of a section as HTML. */
export function blockMarkup(block: Block, labels: Labels, drawings: Drawings): string {
  switch (block.type) {
    case 'paragraph':
      return element('p', {}, textMarkup(block.text, labels));
    case 'list':
      return element(
        block.isOrdered === true ? 'ol' : 'ul',
        {},
        ...block.items.map((item) => element('li', {}, textMarkup(item, labels))),
      );
    case 'displayedFormula':
      return equationMarkup(block, labels);
    case 'listing':
      return listingMarkup(block, labels);
    case 'table':
      return tableMarkup(block, labels);
    case 'figure':
      return figureMarkup(block, labels, drawingFor(block, drawings));
  }
}

/** A formula with its number beside it. */
function equationMarkup({ id, formula }: DisplayedFormula, labels: Labels): string {
  const number = labelOf(id, labels).replace('Equation ', '');
  return element(
    'div',
    { id, class: 'equation' },
    element('div', { class: 'formula', tabindex: 0 }, formulaMarkup(formula, 'block')),
    textElement('span', {}, `(${number})`),
  );
}

function listingMarkup({ id, caption, code }: Listing, labels: Labels): string {
  return element(
    'figure',
    { id, class: 'listing' },
    element('figcaption', {}, captionMarkup(id, textMarkup(caption, labels), labels)),
    scrollable(labelOf(id, labels), element('pre', {}, textElement('code', {}, code))),
  );
}

function tableMarkup({ id, caption, columns, rows }: Table, labels: Labels): string {
  const head = columns.map(({ title, align }) =>
    textElement(title === '' ? 'td' : 'th', { class: align, scope: title === '' ? undefined : 'col' }, title),
  );
  const body = rows.map((row) =>
    element(
      'tr',
      {},
      ...row.map((cell, column) => element('td', { class: columns[column].align }, textMarkup(cell, labels))),
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
    element('figcaption', {}, captionMarkup(id, textMarkup(caption, labels), labels)),
    scrollable(labelOf(id, labels), table),
  );
}

function figureMarkup(
  { id, caption, altText, gallery = [] }: Figure,
  labels: Labels,
  drawing: Drawing,
): string {
  const figure = element(
    'figure',
    { id },
    scrollable(labelOf(id, labels), svgMarkup(drawing, altText, gallery.length > 0)),
    element('figcaption', {}, captionMarkup(id, textMarkup(caption, labels), labels)),
  );
  return gallery.length === 0 ? figure : figure + galleryMarkup(gallery, labelOf(id, labels));
}

/** Makes content that is too wide for a small screen scrollable, also with the keyboard. */
function scrollable(label: string, content: string): string {
  return element('div', { class: 'scrollable', tabindex: 0, role: 'group', 'aria-label': label }, content);
}

function captionMarkup(id: string, caption: string, labels: Labels): string {
  return `${textElement('strong', {}, `${labelOf(id, labels)}.`)} ${caption}`;
}

/** The drawings that parts of a figure link to, collapsed until a link is followed. */
function galleryMarkup(gallery: readonly GalleryEntry[], label: string): string {
  const entries = gallery.map(({ id, title, altText, drawing }) =>
    element(
      'section',
      { id, class: 'entry' },
      textElement('h4', {}, title),
      svgMarkup(drawing, altText, false),
    ),
  );
  return element(
    'details',
    { class: 'gallery' },
    element(
      'summary',
      {},
      `Example images for the cells of ${label}: the first correct predictions of each class and the most confident errors`,
    ),
    element(
      'div',
      { class: 'entries', tabindex: 0, role: 'group', 'aria-label': `Example images for ${label}` },
      ...entries,
    ),
  );
}

/** Limits of the scale of a drawing; at the lower limit, it becomes scrollable. */
const [MIN_SCALE, MAX_SCALE] = [0.66, 1.15];

/** An inline drawing, which uses the colors of the page and scales with its width. */
function svgMarkup({ svg, width, height }: Drawing, altText: string, hasLinks: boolean): string {
  const style = `min-width:${Math.round(MIN_SCALE * width)}px;max-width:${Math.round(MAX_SCALE * width)}px`;
  const start = openTag('svg', {
    // The children of an image are hidden from assistive technology, and links must not be.
    role: hasLinks ? 'group' : 'img',
    'aria-label': altText,
    style,
    viewBox: `0 0 ${width} ${height}`,
  });
  return `${start}${svg.slice(svg.indexOf('>') + 1)}`;
}
