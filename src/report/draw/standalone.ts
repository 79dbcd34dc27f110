import type { Drawing } from '../document.js';
import { FIGURE_FONT } from '../fonts.js';
import { light, paint } from '../palette.js';
import { FONT } from './svg.js';

/** A drawing as a file of its own: its colours filled in, for light paper, and lettered in the figures' font. */
export function standaloneSvg({ svg }: Drawing): string {
  const lettered = svg.replaceAll(`font-family="${FONT}"`, `font-family="${FIGURE_FONT}, ${FONT}"`);
  return paint(lettered, light);
}
