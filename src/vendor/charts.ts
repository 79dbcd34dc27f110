/** What drawing charts needs of other packages. */
export { parse, View } from 'vega';
export { compile } from 'vega-lite';
