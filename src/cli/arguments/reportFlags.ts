import type { Command } from 'commander';
import { paperSizes } from '../../report/input/frontMatter.js';
import type { ReportOptions } from '../../report/renderReport.js';
import { choiceOption } from './flags.js';

/** Adds the flags whose values are `ReportOptions`. */
export function addReportFlags(command: Command): void {
  const collect = (name: string, names: readonly string[] = []) => [...names, name];
  command
    .option('--title <TEXT>', 'title of the report (default: describes the model and the data set)')
    .option('--author <NAME>', 'author of the report; repeat it for several', collect)
    .option('--affiliation <TEXT>', "the author's affiliation")
    .option('--course <TEXT>', 'course that the report is for')
    .option('--institution <TEXT>', 'institution, below the course')
    .option('--date <TEXT>', 'date of the report (default: that of the run)')
    .option('--logo <FILE>', 'image for the title page: PNG, JPEG, or SVG')
    .addOption(choiceOption('--paper <SIZE>', 'paper size of the PDF file', paperSizes).default('a4'));
}

/** The options that these flags select. */
export function reportOptionsFrom(command: Command): ReportOptions {
  return { ...frontMatterFrom(command), paper: command.opts<ReportOptions>().paper };
}

/** Keeps the front matter of these flags in the folder of the run or sweep that the report is on, for the next report on it. */
export async function keepReportFlags(command: Command, folder: string): Promise<void> {
  const { keepFrontMatter } = await import('../../report/input/reportFile.js');
  keepFrontMatter(folder, frontMatterFrom(command));
}

function frontMatterFrom(command: Command): Omit<ReportOptions, 'paper'> {
  const { title, author, affiliation, course, institution, date, logo } = command.opts<ReportOptions>();
  return { title, author, affiliation, course, institution, date, logo };
}

/** What the files that accompany a report state, too. */
export function titlesOf({ title, author }: ReportOptions): Pick<ReportOptions, 'title' | 'author'> {
  return { title, author };
}
