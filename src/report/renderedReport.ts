/** The contents of a report's files. */
export interface RenderedReport {
  /** A page that contains everything it shows. */
  readonly html: string;
  /** Only in Node.js, and missing where Typst is not installed. */
  readonly pdf: Uint8Array | undefined;
  /** By file name: an SVG file of each figure, and in Node.js also a PNG file. */
  readonly figures: ReadonlyMap<string, string | Uint8Array>;
  /**
   * By file name: the report in Markdown for Pandoc, which refers to the figures, the bibliography for BibTeX, and the programs that
   * train the network, as far as the report has them.
   */
  readonly files: ReadonlyMap<string, string>;
}
