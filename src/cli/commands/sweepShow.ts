import type { Command } from 'commander';
import { formatMetric, formatParams, metricName } from '../../sweep/formatSweep.js';
import { readSweep, resolveSweepFolder, stateOfSweep, type SweepRecord } from '../../sweep/sweepFolder.js';
import { lastEpoch, stateOfTrial, type Trial } from '../../sweep/trial.js';
import { addExamples, addJsonFlag, addSettings } from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output, type OutputOptions } from '../terminal/output.js';
import { printBest, sweepJson } from '../terminal/sweep.js';
import { printImportance } from '../terminal/sweepFinalists.js';

/** @param sweep the command to which it is added */
export function addSweepShow(sweep: Command, io: Io): void {
  const command = sweep
    .command('show')
    .description(
      'List the trials of a sweep with their settings and validation, its finalists, whether there is a winner, and how much each parameter matters.',
    )
    .argument('<SWEEP>', 'the sweep, by name or folder');
  addSettings(command, ['runDir']);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling sweep show sweep-mnist-1', 'list the trials of a sweep'],
    ['inkling sweep show sweep-mnist-1 --json', 'print everything as JSON'],
  ]);
  command.action((name: string) => {
    // `sweep` has flags of the same names, and parses them wherever they are.
    const { runDir, ...options } = command.optsWithGlobals<OutputOptions & { runDir: string }>();
    printSweep(readSweep(resolveSweepFolder(name, runDir)), new Output(io, options));
  });
}

function printSweep(sweep: SweepRecord, output: Output): void {
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
  printImportance(sweep, output);
  output.result(sweepJson(sweep, stateOfSweep(sweep)));
}

function rowOfTrial(trial: Trial, { direction }: SweepRecord): string[] {
  return [
    String(trial.number),
    formatMetric(trial.value ?? lastEpoch(trial)?.value, direction),
    String(lastEpoch(trial)?.epoch ?? 0),
    stateOfTrial(trial),
    formatParams(trial.params),
  ];
}
