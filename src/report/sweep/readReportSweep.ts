import { basename, resolve } from 'node:path';
import { InklingError } from '../../core/errors.js';
import { isBroken, readEach } from '../../runs/listRuns.js';
import { readRun } from '../../runs/readRun.js';
import type { RunSummary } from '../../runs/runSummary.js';
import { parameterImportance } from '../../sweep/analysis/importance.js';
import { countEnded } from '../../sweep/formatSweep.js';
import { readSweep } from '../../sweep/sweepFolder.js';
import { leadingTrial } from '../../sweep/finalists/finalists.js';
import type { Trial } from '../../sweep/trial.js';
import type { ReportSweep } from './reportSweep.js';

/** @throws {InklingError} if the folder is not that of a sweep, its journal is damaged, or no trial with a record has ended */
export function readReportSweep(folder: string): ReportSweep {
  const sweep = readSweep(folder);
  const { trials } = sweep;
  const summaries = readSummaries(folder, trials);
  const best = leadingTrial(sweep)?.number;
  const [first] = summaries.values();
  const facts =
    (best === undefined ? undefined : summaries.get(best)) ?? (summaries.size > 0 ? first : undefined);
  if (facts === undefined) {
    throw new InklingError(
      `sweep "${folder}": expected at least one trial that has ended, with its run folder, got ${countEnded(trials) === 0 ? 'none that has ended' : 'no run folder'}; wait for a trial to end`,
    );
  }
  return {
    ...sweep,
    folderName: basename(resolve(folder)),
    startedAt: first.startedAt,
    summaries,
    facts,
    importance: parameterImportance(sweep),
  };
}

/** A run folder that was deleted or damaged does not prevent a report. */
function readSummaries(folder: string, trials: readonly Trial[]): Map<number, RunSummary> {
  const runs = readEach(
    folder,
    trials.map(({ run }) => run ?? ''),
    readRun,
  );
  const summaries = new Map<number, RunSummary>();
  for (const [number, run] of runs.entries()) {
    if (!isBroken(run) && run.summary !== undefined) summaries.set(number, run.summary);
  }
  return summaries;
}
