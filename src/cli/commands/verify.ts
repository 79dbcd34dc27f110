import type { Command } from 'commander';
import { InklingError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import { datasetOf } from '../../runs/dataset/runDataset.js';
import { resolveRunFolder } from '../../runs/resolveModel.js';
import { inputOf } from '../../runs/startingConfig.js';
import { readRecordedRun } from '../../runs/verify/recordedRun.js';
import { describeDifference, describeExtent } from '../../runs/verify/describeVerification.js';
import type { Verification } from '../../runs/verify/verification.js';
import { verifyRecordedRun } from '../../runs/verify/verifyRun.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import { parseValue } from '../arguments/values.js';
import type { Io } from '../io.js';
import { openDataset } from '../openDataset.js';
import { Output } from '../terminal/output.js';
import { RunReporter } from '../terminal/progress.js';

interface Options {
  readonly epochs?: number;
  readonly dataset?: string;
  readonly dataDir?: string;
  readonly threads?: number;
  readonly runDir: string;
}

export function addVerify(program: Command, io: Io): void {
  const command = program
    .command('verify')
    .description(
      'Repeat the training of a run from its record alone, and compare settings, losses, weights, and test results bit for bit. ' +
        'The exit code is 0 only if all are the same.',
    )
    .argument('<RUN>', 'a run, by name or folder')
    .option('--epochs <N>', 'repeat only the first N epochs, as a quick check (default: all)', (word) =>
      parseValue(positiveInteger, word, '--epochs'),
    );
  addSettings(command, ['dataset', 'dataDir', 'threads'], 'none');
  addSettings(command, ['runDir']);
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling verify mlp-mnist-1', 'repeat the whole training'],
    ['inkling verify mlp-mnist-1 --epochs 1', 'check the first epoch'],
    ['inkling verify pets-1 --dataset photos/pets', 'its images were moved'],
  ]);
  command.action(async (name: string) => {
    const { epochs, threads, runDir, ...options } = command.opts<Options>();
    const folder = resolveRunFolder(name, runDir);
    const output = new Output(io, outputOptionsFrom(command));
    const run = readRecordedRun(folder);
    const { config, definition } = run;
    const { initFrom, backbone, weights } = config;
    const request = {
      ...config,
      dataset: options.dataset ?? datasetOf(run),
      dataDir: options.dataDir ?? config.dataDir,
    };
    const model = (initFrom ?? backbone ?? weights) === undefined ? undefined : inputOf(definition);
    const dataset = await openDataset(request, io, output, { model });
    const reporter = new RunReporter(output);
    try {
      const verification = await io.interruptible((signal) =>
        verifyRecordedRun(run, dataset, { epochs, threads, signal, onEvent: reporter.onEvent }),
      );
      output.line();
      output.result({ folder, ...verification });
      printVerification(folder, verification, output);
    } finally {
      reporter.close();
    }
  });
}

/** @throws {InklingError} when there is a difference, so that the command fails */
function printVerification(folder: string, verification: Verification, output: Output): void {
  const { difference } = verification;
  if (difference === undefined) {
    output.conclusion(`${folder}: same bits: ${describeExtent(verification)}`);
    return;
  }
  output.lines(difference.reasons);
  throw new InklingError(`verify: ${folder} is different: ${describeDifference(difference)}`);
}
