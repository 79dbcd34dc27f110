/** The colors of lines: the accent color, one that contrasts with it, three more, and gray. */
type Color = 'main' | 'other' | 'third' | 'fourth' | 'fifth' | 'faint';

/** The classes of a line: its color and, unless it is solid, its pattern. */
export type Tone = Color | `${Color} ${'dashed' | 'dotted'}`;

/** Of up to ten lines: those with similar colors differ in their patterns. */
export const TONES: readonly Tone[] = [
  'main',
  'other',
  'third dashed',
  'fourth',
  'fifth dashed',
  'main dashed',
  'other dotted',
  'third',
  'fourth dashed',
  'fifth dotted',
];
