import type { Drawing } from '../document.js';
import { type Attributes, element, textElement } from '../markup.js';
import { type Color, colorOf } from '../palette.js';

/** Any: the one of the page, of the paper, or of the file. */
export const FONT = 'sans-serif';

/** How wide drawings are, so that their text stays readable on a phone and their size fits a page. */
export const DRAWING_WIDTH = 480;

/** A whole SVG picture of some shapes. */
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

/** Text whose baseline starts, has its middle or ends at a point. */
export function label(
  x: number,
  y: number,
  text: string,
  { color = 'ink', size = 12, anchor = 'start', weight }: LabelOptions = {},
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

/** A group that says what it is when pointed at. */
export function described(description: string, ...shapes: readonly string[]): string {
  return element('g', { role: 'graphics-symbol', 'aria-label': description }, ...shapes);
}

const letters = new Intl.Segmenter('en');

/** A text that is cut where it is too long for its place. */
export function shorten(text: string, most: number): string {
  const parts = Array.from(letters.segment(text), ({ segment }) => segment);
  return parts.length <= most ? text : `${parts.slice(0, most - 1).join('')}…`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
