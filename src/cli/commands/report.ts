import { type Command, Option } from 'commander';
import { type Paper, papers } from '../../report/typst/paper.js';
import { addExamples, addJsonFlag, addQuietFlag, addSettings, outputOptionsFrom } from '../flags.js';
import type { Io } from '../io.js';
import { Output } from '../output.js';
import { printReport, reportOn } from '../reports.js';
import { runFolderOf } from '../runFolders.js';

interface Options {
  readonly title?: string;
  readonly author?: string;
  readonly affiliation?: string;
  readonly paper: Paper;
  readonly out?: string;
  readonly open?: boolean;
  readonly runDir: string;
}

export function addReport(program: Command, io: Io): void {
  const command = program
    .command('report')
    .description('Make the report of a run, and of others beside it: a page, a paper and their figures.')
    .argument('<RUN...>', 'run folders, or names of them; the report is about the first')
    .option('--title <TEXT>', 'what it is called (default: what was classified, and how)')
    .option('--author <TEXT>', 'who made it')
    .option('--affiliation <TEXT>', "the author's school or company")
    .addOption(new Option('--paper <SIZE>', 'a4 or letter').choices(papers).default('a4'))
    .option('--out <FOLDER>', "where to write it (default: the first run's folder)")
    .option('--open', 'show the page in the browser');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling report mlp-mnist-1 mlp-mnist-2', 'one beside another'],
    ['inkling report mlp-mnist-1 --open', 'in the browser'],
    ['inkling report mlp-mnist-1 --out paper --author "Y. N."', 'with your name'],
  ]);
  command.action(async (names: string[]) => {
    const { runDir, out, open, ...options } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const folders = names.map((name) => runFolderOf(name, runDir));
    const report = await reportOn(folders, options, out);
    printReport(report, output);
    output.result(report);
    if (open === true) await io.open(report.page);
  });
}
