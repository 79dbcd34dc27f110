import { basename } from 'node:path';
import { isBroken } from '../../runs/listRuns.js';
import { concludeSweep } from '../../sweep/finalists/conclusion.js';
import { leadingTrial } from '../../sweep/finalists/finalists.js';
import { countEnded } from '../../sweep/formatSweep.js';
import { isStopRequested } from '../../sweep/stopTrial.js';
import {
  journalFile,
  listSweepNames,
  listSweeps,
  readSweep,
  stateOfSweep,
  type SweepRecord,
} from '../../sweep/sweepFolder.js';
import { lastEpoch, stateOfTrial, type Trial } from '../../sweep/trial.js';
import type { Sweep, SweepItem, SweepTrial } from '../apiSchemas.js';
import { unknownNameProblem } from '../problem.js';
import { folderNamed } from '../servedFolders.js';

/**
 * The folder of a sweep. Only names are accepted, never paths.
 *
 * @throws {Problem} 404 when there is no such sweep
 */
export function findSweep(runDir: string, name: string): string {
  const folder = folderNamed(runDir, name, journalFile);
  if (folder !== undefined) return folder;
  throw unknownNameProblem('sweep', name, listSweepNames(runDir), 'GET /api/sweeps lists the sweeps');
}

/** One item per sweep in a folder, including those whose journals cannot be read. */
export function listSweepItems(runDir: string): SweepItem[] {
  return listSweeps(runDir).map((sweep) =>
    isBroken(sweep)
      ? { name: basename(sweep.folder), state: 'broken', problem: sweep.problem }
      : itemOf(sweep),
  );
}

function itemOf(sweep: SweepRecord) {
  const { folder, definition, trials, target, direction, test } = sweep;
  const best = leadingTrial(sweep);
  return {
    name: basename(folder),
    state: stateOfSweep(sweep),
    sampler: definition.sampler,
    pruner: definition.pruner,
    ended: countEnded(trials),
    target,
    direction,
    best: best?.number,
    validation: best?.value,
    testAccuracy: test !== undefined && test.trial === best?.number ? test.accuracy : undefined,
  };
}

/** @throws {InklingError} when the journal cannot be read or is damaged */
export function describeSweep(folder: string): Sweep {
  const sweep = readSweep(folder);
  return {
    ...itemOf(sweep),
    conclusion: concludeSweep(sweep)?.text,
    parameters: sweep.space.parameters.map(({ name, distribution }) => ({
      name,
      distribution:
        distribution.kind === 'choice'
          ? { kind: distribution.kind, choices: [...distribution.choices] }
          : distribution,
    })),
    trials: sweep.trials.map((trial) => describeTrial(trial, folder)),
  };
}

function describeTrial(trial: Trial, folder: string): SweepTrial {
  const { number, state, value, params, run, error } = trial;
  const last = lastEpoch(trial);
  return {
    number,
    state: stateOfTrial(trial),
    isStopping: state === 'running' && isStopRequested(folder, number),
    value: value ?? last?.value,
    epochs: last?.epoch ?? 0,
    params: Object.fromEntries(
      Object.entries(params).flatMap(([name, each]) => (each === undefined ? [] : [[name, each]])),
    ),
    run: run === undefined ? undefined : `${basename(folder)}/${run}`,
    error,
  };
}
