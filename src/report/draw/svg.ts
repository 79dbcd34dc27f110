import type { Drawing } from '../document.js';
import { type Attributes, element, textElement } from '../markup.js';
import { type Color, colorOf } from '../palette.js';

/** A generic family; renderers substitute their own font. */
export const FONT = 'sans-serif';

/** The font of figures in PDF and PNG files, where system fonts are not available. */
export const FIGURE_FONT = 'Lato';

/** In CSS pixels; chosen so that drawings fit a page and their text stays legible on a phone. */
export const DRAWING_WIDTH = 480;

/** An SVG image made of shapes. */
export function drawingOf(width: number, height: number, shapes: readonly string[]): Drawing {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    'font-family': FONT,
  };
  return { svg: element('svg', attributes, ...shapes), width, height };
}

interface LabelOptions {
  readonly color?: Color;
  readonly size?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly weight?: 'bold';
}

/** Text whose baseline starts, is centered or ends at a point, depending on the anchor. */
export function label(
  x: number,
  y: number,
  text: string,
  { color = 'text', size = 12, anchor = 'start', weight }: LabelOptions = {},
): string {
  const attributes = {
    x,
    y,
    fill: colorOf(color),
    'font-size': size,
    'text-anchor': anchor,
    'font-weight': weight,
  };
  return textElement('text', attributes, text);
}

export function rectangle(
  x: number,
  y: number,
  width: number,
  height: number,
  attributes: Attributes,
): string {
  return element('rect', { x, y, width: round(width), height: round(height), ...attributes });
}

/** A group of shapes with an accessible description, which is also shown as a tooltip. */
export function described(description: string, ...shapes: readonly string[]): string {
  return element('g', { role: 'graphics-symbol', 'aria-label': description }, ...shapes);
}

const letters = new Intl.Segmenter('en');

/** Truncates text to a number of user-perceived characters, ending with an ellipsis. */
export function shorten(text: string, maxLength: number): string {
  const parts = Array.from(letters.segment(text), ({ segment }) => segment);
  return parts.length <= maxLength ? text : `${parts.slice(0, maxLength - 1).join('')}…`;
}

/** Truncates texts; in the middle if different ones would become the same, since names of runs differ at their ends. */
export function shortenApart(texts: readonly string[], maxLength: number): string[] {
  const shortened = texts.map((text) => shorten(text, maxLength));
  if (new Set(shortened).size === new Set(texts).size) return shortened;
  return texts.map((text) => {
    const parts = Array.from(letters.segment(text), ({ segment }) => segment);
    if (parts.length <= maxLength) return text;
    const start = Math.floor((maxLength - 1) / 3);
    return `${parts.slice(0, start).join('')}…${parts.slice(parts.length - (maxLength - 1 - start)).join('')}`;
  });
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
