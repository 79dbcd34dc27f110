/** What drawing charts needs of other packages. */
export { parse, textMetrics, View } from 'vega';
export { compile } from 'vega-lite';

declare module 'vega' {
  /** Vega's declarations lack it. */
  const textMetrics: {
    /** Whether text is measured with a canvas where there is one, or its width is estimated. */
    canvas(use: boolean): void;
  };
}
