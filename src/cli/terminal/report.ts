import { TYPESETTER_MISSING } from '../../report/typst/compiler.js';
import type { WrittenReport } from '../../report/write.js';
import type { Output } from './output.js';

/** Prints the paths of a report. */
export function printReport({ html, pdf }: WrittenReport, output: Output): void {
  output.conclusion(`report: ${html}${pdf === undefined ? '' : ` and ${pdf}`}`);
  if (pdf === undefined) output.line(TYPESETTER_MISSING);
}
