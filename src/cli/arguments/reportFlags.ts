import { type Command, Option } from 'commander';
import { paperSizes } from '../../report/frontMatter.js';

/** Adds the flags whose values are `ReportOptions`. */
export function addReportFlags(command: Command): void {
  command
    .option('--title <TEXT>', 'title of the report (default: describes the model and the data set)')
    .option('--author <TEXT>', 'author of the report')
    .option('--affiliation <TEXT>', "the author's affiliation")
    .addOption(new Option('--paper <SIZE>', 'paper size of the PDF file').choices(paperSizes).default('a4'));
}
