import type { Command } from 'commander';
import { formatPlural } from '../../core/format.js';
import { workOnTrials } from '../../sweep/queue/bull/workOnTrials.js';
import {
  addExamples,
  addJsonFlag,
  addQuietFlag,
  addSettings,
  outputOptionsFrom,
} from '../arguments/flags.js';
import { parseQueueUrl } from '../arguments/queueUrl.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';
import { LoadReporter } from '../terminal/progress.js';

interface Options {
  readonly queue: string;
  readonly store?: string;
  readonly dataDir?: string;
  readonly threads?: number;
}

export function addWorker(program: Command, io: Io): void {
  const command = program
    .command('worker')
    .description(
      'Train trials of sweeps, and runs of several seeds, that other machines conduct (--queue), one at a time, until it is stopped.',
    )
    .requiredOption(
      '--queue <URL>',
      'Redis or Valkey, as for the sweep: redis://host:port, or rediss://user:password@host:port/db with TLS',
      parseQueueUrl,
    )
    .option(
      '--store <FOLDER>',
      'folder that contains the folders of sweeps, if this machine shares it with theirs; otherwise, results are sent through Redis',
    );
  addSettings(command, ['dataDir', 'threads'], 'none');
  addQuietFlag(command);
  addJsonFlag(command);
  addExamples(command, [
    ['inkling worker --queue redis://gpu-1', 'trials of any sweep'],
    ['inkling worker --queue redis://gpu-1 --data-dir /data', 'data sets are there'],
    ['inkling worker --queue redis://gpu-1 --store /mnt/runs', 'a shared folder'],
  ]);
  command.action(async () => {
    const { queue: url, store, dataDir, threads } = command.opts<Options>();
    const output = new Output(io, outputOptionsFrom(command));
    const loading = new LoadReporter(output);
    const trials: object[] = [];
    try {
      await io.interruptible((signal) =>
        workOnTrials({
          url,
          store,
          dataDir,
          threads,
          signal,
          onProgress: loading.onDownload,
          onDecode: loading.onDecode,
          notify(line) {
            loading.close();
            output.line(line);
          },
          onTrial: (trial) => trials.push(trial),
        }),
      );
    } finally {
      loading.close();
    }
    output.result({ trials });
    output.conclusion(`stopped after ${formatPlural(trials.length, 'trial')}`);
  });
}
