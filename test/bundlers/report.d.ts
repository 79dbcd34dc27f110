/** See report.js, which bundlers read. */
export function report(): Promise<{
  readonly html: string;
  readonly hasPdf: boolean;
  readonly figures: readonly string[];
}>;
export function nodeOnly(): Promise<readonly string[]>;
