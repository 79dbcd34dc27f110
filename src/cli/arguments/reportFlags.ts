import type { Command } from 'commander';
import { paperSizes } from '../../report/frontMatter.js';
import type { ReportOptions } from '../../report/renderReport.js';
import { choiceOption } from './flags.js';

/** Adds the flags whose values are `ReportOptions`. */
export function addReportFlags(command: Command): void {
  command
    .option('--title <TEXT>', 'title of the report (default: describes the model and the data set)')
    .option('--author <TEXT>', 'author of the report')
    .option('--affiliation <TEXT>', "the author's affiliation")
    .addOption(choiceOption('--paper <SIZE>', 'paper size of the PDF file', paperSizes).default('a4'));
}

/** The options that these flags select. */
export function reportOptionsFrom(command: Command): ReportOptions {
  const { title, author, affiliation, paper } = command.opts<ReportOptions>();
  return { title, author, affiliation, paper };
}
