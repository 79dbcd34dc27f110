import { NO_TYPESETTER } from '../report/typst/compiler.js';
import type { ReportOptions, WrittenReport } from '../report/write.js';
import type { Output } from './output.js';

/** Writes the report of runs, into the folder of the first unless told otherwise. */
export async function reportOn(
  folders: readonly string[],
  options: ReportOptions = {},
  out = folders[0],
): Promise<WrittenReport> {
  const [first, ...rest] = folders;
  // Charts take a moment to load, which no other command should wait for.
  const { writeReport } = await import('../report/write.js');
  return writeReport([first, ...rest], out, options);
}

/** Says where a report is. */
export function printReport({ page, paper }: WrittenReport, output: Output): void {
  output.conclusion(`report: ${page}${paper === undefined ? '' : ` and ${paper}`}`);
  if (paper === undefined) output.line(NO_TYPESETTER);
}
