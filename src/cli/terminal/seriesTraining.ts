import { formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import type { Dataset } from '../../data/dataset.js';
import type { FinishedRun } from '../../runs/conductRun.js';
import { formatMetric, metricName } from '../../sweep/formatSweep.js';
import { chooseSeriesParallelism, threadsOfRun } from '../../sweep/parallelism.js';
import { bullQueue } from '../../sweep/queue/bullQueue.js';
import type { OpenQueue } from '../../sweep/queue/localQueue.js';
import type { SeriesHooks } from '../../sweep/trainRuns.js';
import { directionOf } from '../../sweep/trial.js';
import type { Config } from '../../train/config.js';
import type { SeedsOptions } from '../arguments/seeds.js';
import type { Output } from './output.js';
import { describeParallelism } from './parallelism.js';
import { LoadReporter, RunReporter } from './progress.js';
import { describeTest, describeValidation } from './results.js';
import { assertEnded, type Series } from './series.js';
import { printResult, type TrainingContext } from './training.js';

/** Where several runs are trained. */
type Place = Pick<SeedsOptions, 'parallel' | 'queue'>;

/**
 * Trains several runs, and prints the progress and results of each.
 *
 * @throws {InklingError} that says what to do if several runs were interrupted
 */
export async function trainSeries<Run extends FinishedRun>(
  series: Series<Run>,
  config: Config,
  place: Place,
  dataset: Dataset,
  { io, output, commandLine, note }: TrainingContext,
): Promise<Run[]> {
  const { length: count } = series.numbers;
  const parallel = choose(config, place, { count, dataset, output });
  const isHere = parallel === 1 && place.queue === undefined;
  const reporter = new RunReporter(output);
  const loading = new LoadReporter(output);
  const begun = new Map<number, string>();
  const own = isHere ? printInTurn(series, output) : printTogether(series, config, reporter, output);
  const notify = (line: string) => {
    loading.close();
    output.line(line);
  };
  try {
    const runs = await io.interruptible((signal) =>
      series.train({
        ...own,
        onRunStart(number, folder) {
          begun.set(number, folder);
          own.onRunStart?.(number, folder);
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
        openQueue: openerOf(place, notify),
      }),
    );
    if (count > 1 || runs.length === 0) assertEnded(runs, series, config, begun);
    return runs;
  } finally {
    loading.close();
    reporter.close();
  }
}

interface Choice {
  /** Of runs. */
  readonly count: number;
  readonly dataset: Dataset;
  readonly output: Output;
}

/** Decides how many runs are trained at the same time, and prints it. */
function choose(
  config: Config,
  { parallel: asked, queue }: Place,
  { count: runs, dataset, output }: Choice,
): number {
  if (runs === 1 || queue !== undefined) return 1;
  const chosen = chooseSeriesParallelism(config, dataset, { runs, asked });
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

function openerOf({ queue: url }: Place, notify: (line: string) => void): OpenQueue | undefined {
  return url === undefined ? undefined : (execution) => bullQueue(execution, { url, notify });
}

type PrintingHooks<Run> = Pick<SeriesHooks<Run>, 'onRunStart' | 'onRunEpoch' | 'onRunEnd'>;

/** Prints runs one after the other, with all their results. */
function printInTurn<Run extends FinishedRun>(
  { what, numbers, numberOf }: Series<Run>,
  output: Output,
): PrintingHooks<Run> {
  return {
    onRunStart(number) {
      if (number !== numbers[0]) output.line();
      if (what === 'fold') output.heading(`Fold ${number} of ${numbers.length}`);
    },
    onRunEnd(run) {
      printResult(run, output, `${what} ${numberOf(run)}`);
    },
  };
}

/** Prints runs that are trained at the same time, in lines that state their number. */
function printTogether<Run extends FinishedRun>(
  { what, numberOf }: Series<Run>,
  config: Config,
  reporter: RunReporter,
  output: Output,
): PrintingHooks<Run> {
  const direction = directionOf(config);
  return {
    onRunStart(number, folder) {
      output.line(`${what} ${number}: run folder ${folder}`);
    },
    onRunEpoch(number, epoch, value) {
      const metric = `${metricName(direction)} ${formatMetric(value, direction)}`;
      output.line(`${what} ${number}: epoch ${epoch} of ${config.epochs}, ${metric}`);
    },
    onRunEnd(run) {
      const { test, best, model, error, stopReason, timing, notices = [] } = run.summary;
      const name = `${what} ${numberOf(run)}`;
      for (const text of notices) reporter.onEvent({ type: 'notice', text });
      const accuracy =
        best && `best epoch ${best.epoch}, validation accuracy ${formatPercent(best.validationAccuracy)}`;
      output.line(`${name}: ${accuracy ?? stopReason}, ${formatSeconds(timing.totalSeconds)}`);
      const result = test ? describeTest(test) : (error ?? (best ? describeValidation(best) : stopReason));
      if (stopReason !== 'interrupted') output.conclusion(`${model.name}, ${name}: ${result}; ${run.folder}`);
    },
  };
}
