import type { Command } from 'commander';
import { InklingError } from '../../core/errors.js';
import { formatPlural } from '../../core/format.js';
import { checkParity, readReportRecords } from '../../parity/checkParity.js';
import type { ParityCheck } from '../../parity/compare.js';
import { isWithin, type SeedParity } from '../../parity/parity.js';
import { openDataset } from '../openDataset.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

interface Options {
  readonly dataset: string;
  readonly dataDir?: string;
  readonly threads?: number;
}

export function addParity(program: Command, io: Io): void {
  const command = program
    .command('parity')
    .description(
      "Repeat the report's training with PyTorch's seeds and compare all numbers that PyTorch recorded.",
    )
    .argument('<FOLDER>', 'folder with the records of PyTorch: report-seed-N.json and safetensors files');
  addSettings(command, ['dataset', 'dataDir']);
  addSettings(command, ['threads'], 'none');
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling parity golden', 'compare all recorded seeds'],
    ['inkling parity golden --data-dir ~/datasets', 'look for MNIST in this folder'],
  ]);
  command.action(async (folder: string) => {
    const { threads, ...request } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const records = readReportRecords(folder);
    const dataset = await openDataset(request, io, output);
    const { seeds, means, exceeded } = await checkParity(records, dataset, {
      threads,
      onEpoch(seed, epoch, epochs) {
        output.line(`seed ${seed}: epoch ${epoch} of ${epochs}`);
      },
    });
    output.line();
    printParity(seeds, means, output);
    output.result({ seeds, means });
    if (exceeded.length > 0) {
      const names = [...new Set(exceeded.map(({ what }) => what))].join(', ');
      throw new InklingError(`parity: outside the tolerance: ${names}`);
    }
    output.conclusion(
      `all differences are within their tolerances for ${formatPlural(seeds.length, 'seed')}`,
    );
  });
}

function printParity(seeds: readonly SeedParity[], means: ParityCheck, output: Output): void {
  const rows = seeds[0].checks.map((check, row) =>
    rowOf(
      check,
      seeds.map(({ checks }) => checks[row]),
    ),
  );
  const meansRow = rowOf(means, [means, ...seeds.slice(1).map(() => undefined)]);
  output.heading('Largest differences from PyTorch');
  output.table(
    [['', ...seeds.map(({ seed }) => `seed ${seed}`), 'tolerance', 'unit'], ...rows, meansRow],
    ['left', ...seeds.map(() => 'right' as const), 'right', 'left'],
  );
}

function rowOf({ what, unit, bound }: ParityCheck, checks: readonly (ParityCheck | undefined)[]): string[] {
  const cells = checks.map(
    (check) => check && `${isWithin(check) ? '' : '! '}${formatDifference(check.worst)}`,
  );
  return [what, ...cells.map((cell = '') => cell), formatDifference(bound), unit];
}

/** `1`, `0.42`, `1.2e-6` */
function formatDifference(value: number): string {
  if (Number.isInteger(value)) return String(value);
  return value < 0.01 ? value.toExponential(1) : value.toFixed(2);
}
