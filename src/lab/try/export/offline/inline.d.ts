/** A style sheet with all that it imports, as text. */
declare module '*.css?inline' {
  const css: string;
  export default css;
}
