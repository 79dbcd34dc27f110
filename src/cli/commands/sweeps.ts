import { basename } from 'node:path';
import type { Command } from 'commander';
import { formatPercent } from '../../core/format.js';
import { type BrokenRun, isBroken } from '../../runs/listRuns.js';
import { addExamples, addJsonFlag, addSettings, outputOptionsFrom } from '../arguments/flags.js';
import { countEnded, formatMetric } from '../../sweep/formatSweep.js';
import { listSweeps, stateOfSweep, type SweepRecord } from '../../sweep/sweepFolder.js';
import { leadingTrial } from '../../sweep/finalists/finalists.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { sweepJson } from '../terminal/sweep.js';

export function addSweeps(program: Command, io: Io): void {
  const command = program
    .command('sweeps')
    .description('List all sweeps, each with its best trial. "inkling sweep show" lists the trials of one.');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling sweeps', 'list the sweeps in "runs"'],
    ['inkling sweeps --run-dir ~/experiments', 'use another folder'],
  ]);
  command.action(() => {
    const output = new Output(io, outputOptionsFrom(command));
    const { runDir } = command.opts<{ runDir: string }>();
    printSweeps(runDir, output);
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
  const { folder, definition, target, direction, test } = sweep;
  const best = leadingTrial(sweep);
  return [
    basename(folder),
    definition.sampler,
    definition.pruner,
    `${countEnded(sweep.trials)}/${target}`,
    best === undefined ? '-' : String(best.number),
    formatMetric(best?.value, direction),
    test !== undefined && test.trial === best?.number ? formatPercent(test.accuracy) : '-',
    stateOfSweep(sweep),
  ];
}
