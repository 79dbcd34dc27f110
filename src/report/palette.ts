/**
 * The colors of charts and drawings on light backgrounds, by name. The hues are those of Okabe and Ito, which people with
 * color vision deficiency can tell apart; they also differ in lightness, for grayscale printing. Source:
 * https://jfly.uni-koeln.de/color/
 */
export const light = {
  background: '#ffffff',
  text: '#1f2328',
  /** Axes and secondary text. */
  muted: '#59636e',
  /** Grid lines and frames. */
  border: '#d1d9e0',
  /** Filled areas behind text or bars. */
  surface: '#f3f5f7',
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#009e73',
  /** Text on orange areas; on blue areas, text has the color of the background. */
  textOnOrange: '#1f2328',
} as const;

export type Color = keyof typeof light;

/** The colors on dark backgrounds. */
export const dark: Readonly<Record<Color, string>> = {
  background: '#15181c',
  text: '#e6e9ed',
  muted: '#a2abb5',
  border: '#3a424b',
  surface: '#20252b',
  blue: '#56b4e9',
  orange: '#f0883e',
  green: '#2fc09a',
  textOnOrange: '#15181c',
};

/** A reference to a color, to be resolved by CSS or by `paint`. */
export function colorOf(name: Color): string {
  return `var(--${name})`;
}

/** Replaces the color references of a drawing, so that it can be used without CSS variables. */
export function paint(svg: string, palette: Readonly<Record<Color, string>>): string {
  return Object.entries(palette).reduce(
    (painted, [name, value]) => painted.replaceAll(`var(--${name})`, value),
    svg,
  );
}
