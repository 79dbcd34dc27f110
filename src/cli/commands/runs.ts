import { basename } from 'node:path';
import type { Command } from 'commander';
import { isBroken, type ListedRun, listRuns, stateOfRun } from '../../runs/listRuns.js';
import type { RunRecord } from '../../runs/readRun.js';
import { formatRunState } from '../../runs/runState.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import { formatPercent, formatSeconds } from '../../core/format.js';
import { modelNameOf } from '../../train/openModel.js';
import type { Io } from '../io.js';
import { datasetNameOf } from '../../runs/dataset/runDataset.js';
import { Output } from '../terminal/output.js';

const HEADER = ['run', 'model', 'data set', 'epochs', 'validation', 'test', 'macro F1', 'time', 'state'];

export function addRuns(program: Command, io: Io): void {
  const command = program
    .command('runs')
    .description(
      'List all runs with the validation and test accuracy and macro F1 score of the best epoch, time, and state.',
    );
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling runs', 'list the runs in the folder "runs"'],
    ['inkling runs --run-dir ~/experiments', 'use another folder'],
    ['inkling runs --json', 'print JSON'],
  ]);
  command.action(() => {
    const output = new Output(io, outputOptionsFrom(command));
    const { runDir } = command.opts<{ runDir: string }>();
    const runs = listRuns(runDir);
    if (runs.length === 0) output.line(`no runs in ${runDir} yet; start one with "inkling train"`);
    else
      output.table(
        [HEADER, ...runs.map(rowOf)],
        ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'right', 'left'],
      );
    const broken = runs.filter(isBroken);
    if (broken.length > 0) {
      output.line();
      output.lines(broken.map(({ problem }) => `broken: ${problem}`));
    }
    output.result(runs.map((run) => ({ ...run, state: isBroken(run) ? 'broken' : stateOfRun(run) })));
  });
}

function rowOf(run: ListedRun): string[] {
  if (!isBroken(run)) return rowOfRun(run);
  return [basename(run.folder), ...new Array<string>(HEADER.length - 2).fill('-'), formatRunState('broken')];
}

function rowOfRun(run: RunRecord): string[] {
  const { folder, config, summary } = run;
  return [
    basename(folder),
    modelNameOf(config.model),
    datasetNameOf(run),
    `${summary?.epochs.length ?? '?'}/${config.epochs}`,
    summary?.best ? formatPercent(summary.best.validationAccuracy) : '-',
    summary?.test ? formatPercent(summary.test.accuracy) : '-',
    summary?.test ? formatPercent(summary.test.macroF1) : '-',
    summary ? formatSeconds(summary.timing.totalSeconds) : '-',
    formatRunState(stateOfRun(run)),
  ];
}
