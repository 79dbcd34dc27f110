import type { Command } from 'commander';
import type { ReportOptions } from '../../report/renderReport.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { addReportFlags } from '../arguments/reportFlags.js';
import { printReport } from '../terminal/report.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';

interface Options extends ReportOptions {
  readonly out?: string;
  readonly open?: boolean;
  readonly runDir: string;
}

export function addReport(program: Command, io: Io): void {
  const command = program
    .command('report')
    .description('Create a report on a run, compared with others, as HTML and PDF files with figures.')
    .argument(
      '<RUN...>',
      'runs, by name or folder; the report describes the first and compares it with the others',
    );
  addReportFlags(command);
  command
    .option('--out <FOLDER>', "folder to write to (default: the first run's folder)")
    .option('--open', 'open the report in a browser');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling report mlp-mnist-1 mlp-mnist-2', 'compare two runs'],
    ['inkling report mlp-mnist-1 --open', 'open it in a browser'],
    ['inkling report mlp-mnist-1 --out paper --author "Y. N."', 'put your name on it'],
  ]);
  command.action(async (names: string[]) => {
    const { runDir, out, open, ...options } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const [first, ...rest] = names.map((name) => resolveRunFolder(name, runDir));
    // Loading the charts takes a moment, which no other command should wait for.
    const { writeReport } = await import('../../report/write.js');
    const report = await writeReport([first, ...rest], out ?? first, options);
    printReport(report, output);
    output.result(report);
    if (open === true) await io.open(report.html);
  });
}
