import { formatPercent } from '../../core/format.js';
import { describeSample, type SampleStatistics } from '../../runs/compare/statistics.js';
import { parameterImportance, TRIALS_FOR_IMPORTANCE } from '../../sweep/analysis/importance.js';
import { concludeSweep } from '../../sweep/finalists/conclusion.js';
import {
  failuresOf,
  type Finalist,
  finalistsOf,
  hasEnded,
  valuesOf,
} from '../../sweep/finalists/finalists.js';
import { formatMetric } from '../../sweep/formatSweep.js';
import type { SeedRun } from '../../sweep/journal/records.js';
import type { SweepRecord } from '../../sweep/sweepFolder.js';
import { type Direction, rangeOf } from '../../sweep/trial.js';
import type { Output } from './output.js';

/** One line about a run of a finalist that has ended. */
export function describeSeedRun({ trial, seed, value, error }: SeedRun, direction: Direction): string {
  const result = error === undefined ? formatMetric(value, direction) : `failed: ${error}`;
  return `trial ${trial} with seed ${seed}: ${result}`;
}

/** The statistics of a finalist; undefined for fewer than two results. */
function statisticsOf(finalist: Finalist, direction: Direction): SampleStatistics | undefined {
  const values = valuesOf(finalist);
  return values.length < 2 ? undefined : describeSample(values, rangeOf(direction));
}

/** Prints the finalists of a sweep that has some whose runs have started, and what follows from their results. */
export function printFinalists(sweep: SweepRecord, output: Output): void {
  const { direction, seedRuns } = sweep;
  const format = (value: number | undefined) => formatMetric(value, direction);
  if (seedRuns.length > 0) {
    output.table(
      [
        ['finalist', 'seeds', 'mean', '95 % interval', 'failed'],
        ...finalistsOf(sweep).map((finalist) => {
          const { count, mean, interval } = statisticsOf(finalist, direction) ?? {};
          return [
            String(finalist.trial.number),
            `${count ?? valuesOf(finalist).length}/${finalist.runs.length}`,
            format(mean),
            interval === undefined ? '-' : `${format(interval.low)} to ${format(interval.high)}`,
            String(failuresOf(finalist)),
          ];
        }),
      ],
      ['right', 'right', 'right', 'left', 'right'],
    );
    output.line();
  }
  const conclusion = concludeSweep(sweep);
  if (conclusion !== undefined) output.line(conclusion.text);
}

/** Prints how much each parameter matters. */
export function printImportance(sweep: SweepRecord, output: Output): void {
  const importance = [...parameterImportance(sweep)];
  output.line();
  if (importance.length === 0) {
    output.line(`no importance of parameters, which requires ${TRIALS_FOR_IMPORTANCE} complete trials`);
    return;
  }
  output.table(
    [['parameter', 'importance'], ...importance.map(([name, share]) => [name, formatPercent(share)])],
    ['left', 'right'],
  );
}

/** The finalists, the conclusion, and the importance of parameters as JSON. */
export function finalistsJson(sweep: SweepRecord): object {
  return {
    seeds: sweep.definition.seeds ?? [],
    finalists: finalistsOf(sweep)
      .filter(({ runs }) => runs.some(hasEnded))
      .map((finalist) => ({
        trial: finalist.trial.number,
        runs: finalist.runs,
        statistics: statisticsOf(finalist, sweep.direction),
      })),
    conclusion: concludeSweep(sweep),
    importance: Object.fromEntries(parameterImportance(sweep)),
  };
}
