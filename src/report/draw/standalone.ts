import type { Drawing } from '../document.js';
import { light, paint } from '../palette.js';
import { FIGURE_FONT, FONT } from './svg.js';

/** A drawing as a standalone SVG file with the light palette and the figure font. */
export function standaloneSvg({ svg }: Drawing): string {
  const withFont = svg.replaceAll(`font-family="${FONT}"`, `font-family="${FIGURE_FONT}, ${FONT}"`);
  return paint(withFont, light);
}
