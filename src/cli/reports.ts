import { type Command, Option } from 'commander';
import { TYPESETTER_MISSING } from '../report/typst/compiler.js';
import { paperSizes } from '../report/typst/paper.js';
import type { ReportOptions, WrittenReport } from '../report/write.js';
import type { Output } from './terminal/output.js';

/** Adds the flags whose values are `ReportOptions`. */
export function addReportFlags(command: Command): void {
  command
    .option('--title <TEXT>', 'what the report is called (default: what was classified, and how)')
    .option('--author <TEXT>', 'who made it')
    .option('--affiliation <TEXT>', "the author's school or company")
    .addOption(new Option('--paper <SIZE>', 'a4 or letter').choices(paperSizes).default('a4'));
}

/** Writes the report of runs, into the folder of the first unless told otherwise. */
export async function reportOn(
  folders: readonly string[],
  options: ReportOptions,
  out = folders[0],
): Promise<WrittenReport> {
  const [first, ...rest] = folders;
  // Charts take a moment to load, which no other command should wait for.
  const { writeReport } = await import('../report/write.js');
  return writeReport([first, ...rest], out, options);
}

/** Says where a report is. */
export function printReport({ html, pdf }: WrittenReport, output: Output): void {
  output.conclusion(`report: ${html}${pdf === undefined ? '' : ` and ${pdf}`}`);
  if (pdf === undefined) output.line(TYPESETTER_MISSING);
}
