import { basename, join } from 'node:path';
import { readEpochs } from '../runs/eventLog.js';
import { isBroken, listRunNames, listRuns, stateOfRun } from '../runs/listRuns.js';
import { readRun, type RunRecord } from '../runs/readRun.js';
import { CONFIG_FILE } from '../runs/runFiles.js';
import { modelNameOf } from '../train/openModel.js';
import type { Run, RunItem } from './apiSchemas.js';
import { datasetNameOf } from '../runs/dataset/runDataset.js';
import { unknownNameProblem } from './problem.js';
import { listDownloads } from './runs/downloads.js';
import { folderNamed } from './servedFolders.js';
import { findSweep } from './sweeps/sweepDescriptions.js';

/**
 * The folder of a run, or of a trial of a sweep, whose name is `sweep/run`. Only names are accepted, never other paths.
 *
 * @throws {Problem} 404 when there is no such run
 */
export function findRun(runDir: string, name: string): string {
  const slash = name.indexOf('/');
  if (slash !== -1) return findRun(findSweep(runDir, name.slice(0, slash)), name.slice(slash + 1));
  const folder = folderNamed(runDir, name, (each) => join(each, CONFIG_FILE));
  if (folder !== undefined) return folder;
  throw unknownNameProblem('run', name, listRunNames(runDir), 'GET /api/runs lists the runs');
}

/** One item per run in a folder, including runs whose records cannot be read. */
export function listRunItems(runDir: string): RunItem[] {
  return listRuns(runDir).map((run) => {
    const name = basename(run.folder);
    return isBroken(run) ? { name, state: 'broken', problem: run.problem } : itemOf(name, run);
  });
}

function itemOf(name: string, run: RunRecord): RunItem {
  const { config, summary } = run;
  return {
    name,
    state: stateOfRun(run),
    model: modelNameOf(config.model),
    dataset: datasetNameOf(run),
    seed: config.seed,
    epochs: config.epochs,
    validationAccuracy: summary?.best?.validationAccuracy,
    testAccuracy: summary?.test?.accuracy,
    testMacroF1: summary?.test?.macroF1,
    parameters: summary?.model.parameters,
    seconds: summary?.timing.totalSeconds,
  };
}

/**
 * Describes a run by its records or, until it ends, by its events.
 *
 * @throws {InklingError} when they cannot be read
 */
export function describeRun(name: string, folder: string): Run {
  const record = readRun(folder);
  const { config, summary } = record;
  const run = { name, state: stateOfRun(record), config, files: listDownloads(folder) };
  if (summary !== undefined) return { ...run, summary, epochs: [...summary.epochs] };
  const { epochs, last } = readEpochs(folder);
  return { ...run, epochs, progress: last?.type === 'progress' ? last : undefined };
}
