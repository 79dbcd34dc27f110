import { basename } from 'node:path';
import type { Command } from 'commander';
import { listRuns, type RunRecord, stateOfRun } from '../../runs/readRun.js';
import { formatRunState } from '../../runs/runState.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import { formatPercent, formatSeconds } from '../../core/format.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

const HEADER = ['run', 'model', 'data', 'epochs', 'val.', 'test', 'time', 'state'];

export function addRuns(program: Command, io: Io): void {
  const command = program
    .command('runs')
    .description(
      'List the runs there are: accuracy of the best epoch in validation and in the test, time, end.',
    );
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling runs', 'those in the folder "runs"'],
    ['inkling runs --run-dir ~/experiments', 'those elsewhere'],
    ['inkling runs --json', 'as JSON'],
  ]);
  command.action(() => {
    const output = new Output(io, outputOptionsFrom(command));
    const { runDir } = command.opts<{ runDir: string }>();
    const runs = listRuns(runDir);
    if (runs.length === 0) output.line(`no runs in ${runDir} yet; "inkling train" makes one`);
    else
      output.table(
        [HEADER, ...runs.map(rowOf)],
        ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'left'],
      );
    output.result(runs);
  });
}

function rowOf(run: RunRecord): string[] {
  const { folder, config, summary } = run;
  return [
    basename(folder),
    config.model,
    summary?.dataset.name ?? config.dataset,
    `${summary?.epochs.length ?? '?'}/${config.epochs}`,
    summary?.best ? formatPercent(summary.best.validationAccuracy) : '-',
    summary?.test ? formatPercent(summary.test.accuracy) : '-',
    summary ? formatSeconds(summary.timing.totalSeconds) : '-',
    formatRunState(stateOfRun(run)),
  ];
}
