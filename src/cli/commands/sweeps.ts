import { basename } from 'node:path';
import type { Command } from 'commander';
import { formatPercent } from '../../core/format.js';
import { type BrokenRun, isBroken } from '../../runs/listRuns.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import {
  listSweeps,
  readSweep,
  resolveSweepFolder,
  stateOfSweep,
  type SweepRecord,
} from '../../sweep/sweepFolder.js';
import { bestTrial, lastEpoch, type Trial } from '../../sweep/trial.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import {
  countEnded,
  formatMetric,
  formatParams,
  metricName,
  printBest,
  sweepJson,
} from '../terminal/sweep.js';

export function addSweeps(program: Command, io: Io): void {
  const command = program
    .command('sweeps')
    .description('List all sweeps, or the trials of one, with their validation.')
    .argument('[SWEEP]', 'a sweep whose trials are listed, by name or folder');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling sweeps', 'list the sweeps in "runs"'],
    ['inkling sweeps sweep-mnist-1', 'list the trials of a sweep'],
    ['inkling sweeps --run-dir ~/experiments', 'use another folder'],
  ]);
  command.action((name: string | undefined) => {
    const output = new Output(io, outputOptionsFrom(command));
    const { runDir } = command.opts<{ runDir: string }>();
    if (name === undefined) printSweeps(runDir, output);
    else printTrials(readSweep(resolveSweepFolder(name, runDir)), output);
  });
}

function printSweeps(runDir: string, output: Output): void {
  const sweeps = listSweeps(runDir);
  if (sweeps.length === 0) {
    output.line(`no sweeps in ${runDir} yet; start one with "inkling sweep"`);
  } else {
    output.table(
      [
        ['sweep', 'sampler', 'pruner', 'trials', 'best trial', 'validation', 'test', 'state'],
        ...sweeps.map((sweep) => (isBroken(sweep) ? rowOfBroken(sweep) : rowOfSweep(sweep))),
      ],
      ['left', 'left', 'left', 'right', 'right', 'right', 'right', 'left'],
    );
  }
  const broken = sweeps.filter(isBroken);
  if (broken.length > 0) {
    output.line();
    output.lines(broken.map(({ problem }) => `broken: ${problem}`));
  }
  output.result(
    sweeps.map((sweep) =>
      isBroken(sweep) ? { ...sweep, state: 'broken' } : sweepJson(sweep, stateOfSweep(sweep)),
    ),
  );
}

function rowOfBroken({ folder }: BrokenRun): string[] {
  return [basename(folder), '-', '-', '-', '-', '-', '-', 'broken'];
}

function rowOfSweep(sweep: SweepRecord): string[] {
  const { folder, definition, trials, target, direction, test } = sweep;
  const best = bestTrial(trials, direction);
  return [
    basename(folder),
    definition.sampler,
    definition.pruner,
    `${countEnded(sweep)}/${target}`,
    best === undefined ? '-' : String(best.number),
    formatMetric(best?.value, direction),
    test !== undefined && test.trial === best?.number ? formatPercent(test.accuracy) : '-',
    stateOfSweep(sweep),
  ];
}

function printTrials(sweep: SweepRecord, output: Output): void {
  const { trials, direction } = sweep;
  output.table(
    [
      ['trial', metricName(direction), 'epochs', 'state', 'settings'],
      ...trials.map((trial) => rowOfTrial(trial, sweep)),
    ],
    ['right', 'right', 'right', 'left', 'left'],
  );
  output.line();
  printBest(sweep, output);
  output.result(sweepJson(sweep, stateOfSweep(sweep)));
}

function rowOfTrial(trial: Trial, { direction }: SweepRecord): string[] {
  return [
    String(trial.number),
    formatMetric(trial.value, direction),
    String(lastEpoch(trial)?.epoch ?? 0),
    trial.state,
    formatParams(trial.params),
  ];
}
