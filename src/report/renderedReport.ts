/** The contents of a report's files. */
export interface RenderedReport {
  /** A page that contains everything it shows. */
  readonly html: string;
  /** Only in Node.js, and missing where Typst is not installed. */
  readonly pdf: Uint8Array | undefined;
  /** By file name: an SVG file of each figure, and in Node.js also a PNG file. */
  readonly figures: ReadonlyMap<string, string | Uint8Array>;
}
