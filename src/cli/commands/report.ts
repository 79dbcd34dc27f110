import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { addReportFlags, keepReportFlags, reportOptionsFrom, titlesOf } from '../arguments/reportFlags.js';
import { printCompanions, printMissing, printReport } from '../terminal/report.js';
import { resolveRunOrSweep, type RunOrSweep } from '../../sweep/resolveRunOrSweep.js';

interface Options {
  readonly out?: string;
  readonly open?: boolean;
  readonly runDir: string;
}

export function addReport(program: Command, io: Io): void {
  const command = program
    .command('report')
    .description(
      'Create a report on a run, compared with others, or on a sweep, as HTML and PDF files with figures. ' +
        'With that of a run come a model card, a citation, and event files for TensorBoard.',
    )
    .argument(
      '<RUN...>',
      'runs, by name or folder; the report describes the first and compares it with the others; or the first folds of cross-validations; or one sweep',
    );
  addReportFlags(command);
  command
    .option('--out <FOLDER>', 'folder to write to (default: the folder of the first run, or of the sweep)')
    .option('--open', 'open the report in a browser');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling report mlp-mnist-1 mlp-mnist-2', 'compare two runs'],
    ['inkling report sweep-mnist-1', 'report on a sweep'],
    ['inkling report mlp-mnist-1 --open', 'open it in a browser'],
    ['inkling report mlp-mnist-1 --out paper --author "Y. N."', 'put your name on it'],
    ['inkling report mlp-mnist-1 --logo uni.svg', 'put a logo on it'],
  ]);
  command.action(async (names: string[]) => {
    const { runDir, out, open } = command.opts<Options>();
    const options = reportOptionsFrom(command);
    const output = new Output(io, outputOptionsFrom(command));
    const [first, ...rest] = names.map((name) => resolveRunOrSweep(name, runDir));
    assertOneSubject([first, ...rest]);
    // Loading the charts takes a moment, which no other command should wait for.
    const { writeReport, writeSweepReport } = await import('../../report/write.js');
    const { isFold } = await import('../../report/folds/readReportFolds.js');
    const { writeCompanions } = await import('../../report/companions/writeCompanions.js');
    const folder = out ?? first.folder;
    const folders = [first.folder, ...rest.map((run) => run.folder)];
    await keepReportFlags(command, first.folder);
    const report =
      first.kind === 'sweep'
        ? await writeSweepReport(first.folder, folder, options)
        : await writeReport(folders, folder, options);
    printReport(report, output);
    if (first.kind === 'sweep' || isFold(first.folder)) {
      output.result(report);
    } else {
      const companions = writeCompanions(folders, folder, titlesOf(options));
      printCompanions(companions, output);
      printMissing(folders, output);
      output.result({ ...report, companions });
    }
    if (open === true) await io.open(report.html);
  });
}

/** @throws {UsageError} for a sweep with anything else */
function assertOneSubject(subjects: readonly RunOrSweep[]): void {
  const sweep = subjects.find(({ kind }) => kind === 'sweep');
  if (sweep === undefined || subjects.length === 1) return;
  throw new UsageError(
    `report: expected runs or one sweep, got the sweep ${sweep.folder} with ${formatPlural(subjects.length - 1, 'other')}; create a separate report for each`,
  );
}
