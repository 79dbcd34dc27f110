/**
 * The colours of drawings, by name. Series and shades are those of Okabe and Ito, which colour-blind readers tell apart; they
 * differ in lightness too, for print in grey. Source: https://jfly.uni-koeln.de/color/
 */
export const light = {
  paper: '#ffffff',
  ink: '#1f2328',
  /** Labels and axes. */
  faint: '#59636e',
  /** Grid lines and frames. */
  line: '#d1d9e0',
  /** Areas behind something. */
  wash: '#f3f5f7',
  first: '#0072b2',
  second: '#d55e00',
  third: '#009e73',
  /** Text on areas of the second colour; on those of the first it is the paper's. */
  onsecond: '#1f2328',
} as const;

export type Color = keyof typeof light;

/** The same on a dark page. */
export const dark: Readonly<Record<Color, string>> = {
  paper: '#15181c',
  ink: '#e6e9ed',
  faint: '#a2abb5',
  line: '#3a424b',
  wash: '#20252b',
  first: '#56b4e9',
  second: '#f0883e',
  third: '#2fc09a',
  onsecond: '#15181c',
};

/** A colour in a drawing, for a renderer to fill in. */
export function colorOf(name: Color): string {
  return `var(--${name})`;
}

/** A drawing with its colours filled in, to stand on its own. */
export function paint(svg: string, palette: Readonly<Record<Color, string>>): string {
  return Object.entries(palette).reduce(
    (painted, [name, value]) => painted.replaceAll(`var(--${name})`, value),
    svg,
  );
}
