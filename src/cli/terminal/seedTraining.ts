import type { Dataset } from '../../data/dataset.js';
import { formatMetric, metricName } from '../../sweep/formatSweep.js';
import { chooseSeedParallelism, threadsOfRun } from '../../sweep/parallelism.js';
import { bullQueue } from '../../sweep/queue/bullQueue.js';
import { type SeedsHooks, trainSeeds } from '../../sweep/trainSeeds.js';
import { directionOf } from '../../sweep/trial.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
import type { Output } from './output.js';
import { describeParallelism } from './parallelism.js';
import { LoadReporter, RunReporter } from './progress.js';
import { describeTest } from './results.js';
import { assertSeedsEnded, printSeeds } from './seeds.js';
import { printResult, type TrainingContext } from './training.js';

/**
 * Trains one run per seed, and prints the progress and results of each, and the statistics of several.
 *
 * @throws {InklingError} that says what to do if several runs were interrupted
 */
export async function trainAndPrint(
  config: Config,
  options: SeedsOptions,
  dataset: Dataset,
  { io, output, commandLine, note }: TrainingContext,
): Promise<FinishedRun[]> {
  const { seeds } = options;
  const parallel = choose(config, options, dataset, output);
  const isHere = parallel === 1 && options.queue === undefined;
  const reporter = new RunReporter(output);
  const loading = new LoadReporter(output);
  const begun = new Map<number, string>();
  const own = isHere ? printInTurn(seeds, output) : printTogether(config, reporter, output);
  try {
    const runs = await io.interruptible((signal) =>
      trainSeeds(config, seeds, dataset, {
        ...own,
        onRunStart(seed, folder) {
          begun.set(seed, folder);
          own.onRunStart?.(seed, folder);
        },
        onEvent(event) {
          loading.close();
          reporter.onEvent(event);
        },
        onDownload: loading.onDownload,
        signal,
        command: commandLine,
        note,
        parallel,
        openQueue: openerOf(options, (line) => {
          loading.close();
          output.line(line);
        }),
      }),
    );
    if (seeds.length > 1 || runs.length === 0) assertSeedsEnded(runs, config, seeds, begun);
    if (seeds.length > 1) {
      output.line();
      printSeeds(runs, output);
    }
    return runs;
  } finally {
    loading.close();
    reporter.close();
  }
}

/** Decides how many runs are trained at the same time, and prints it. */
function choose(
  config: Config,
  { seeds: { length: runs }, parallel: asked, queue }: SeedsOptions,
  dataset: Dataset,
  output: Output,
): number {
  if (runs === 1 || queue !== undefined) return 1;
  const chosen = chooseSeedParallelism(config, dataset, { runs, asked });
  const parallel = Math.min(chosen.runs, runs);
  const [count, threads] = [runs % parallel, threadsOfRun(runs - 1, runs, parallel)];
  const isShared = config.threads === undefined && threads > chosen.threads;
  const last = isShared
    ? `; the last ${count === 1 ? 'one' : count} with ${formatPlural(threads, 'thread')}`
    : '';
  output.line(`${describeParallelism(chosen, 'run')}${last}`);
  output.line();
  return parallel;
}

function openerOf(
  { queue: url }: SeedsOptions,
  notify: (line: string) => void,
): Pick<SeedsHooks, 'openQueue'>['openQueue'] {
  return url === undefined ? undefined : (execution) => bullQueue(execution, { url, notify });
}

type RunHooks = Pick<SeedsHooks, 'onRunStart' | 'onRunEpoch' | 'onRunEnd'>;

/** Prints runs one after the other, with all their results. */
function printInTurn([first]: readonly number[], output: Output): RunHooks {
  return {
    onRunStart(seed) {
      if (seed !== first) output.line();
    },
    onRunEnd(run) {
      printResult(run, output);
    },
  };
}

/** Prints runs that are trained at the same time, in lines that state their seed. */
function printTogether(config: Config, reporter: RunReporter, output: Output): RunHooks {
  const direction = directionOf(config);
  return {
    onRunStart(seed, folder) {
      output.line(`seed ${seed}: run folder ${folder}`);
    },
    onRunEpoch(seed, epoch, value) {
      const metric = `${metricName(direction)} ${formatMetric(value, direction)}`;
      output.line(`seed ${seed}: epoch ${epoch} of ${config.epochs}, ${metric}`);
    },
    onRunEnd({ folder, summary }) {
      const { seed, test, best, error, stopReason, timing, notices = [] } = summary;
      for (const text of notices) reporter.onEvent({ type: 'notice', text });
      const accuracy =
        best && `best epoch ${best.epoch}, validation accuracy ${formatPercent(best.validationAccuracy)}`;
      output.line(`seed ${seed}: ${accuracy ?? stopReason}, ${formatSeconds(timing.totalSeconds)}`);
      const result = test ? describeTest(test) : (error ?? stopReason);
      if (stopReason !== 'interrupted')
        output.conclusion(`${summary.model.name}, seed ${seed}: ${result}; ${folder}`);
    },
  };
}
