import { hasField, type Kind } from './kinds.js';

/** What functions for files and folders return and others take, each with the function that returns it. */
function record(what: string, fields: readonly string[], source: string): Kind {
  return {
    what: `${what}, such as ${source}`,
    accepts: (value) => fields.every((field) => hasField(value, field)),
  };
}

export const run = record('a run', ['folder', 'config'], "readRun('runs/mlp-mnist-1')");

export const finishedRuns: Kind = {
  what: 'an array of runs, such as [await trainRun(…)], with at least one',
  accepts: (value) => isArrayOf(value, ['folder', 'summary']) && value.length > 0,
};

export const runFolder: Kind = {
  what: "the path of a run folder, such as 'runs/mlp-mnist-1'",
  accepts: (value) => typeof value === 'string' && value !== '',
};

export const runs: Kind = {
  what: "an array of run folders, such as ['runs/mlp-mnist-1', 'runs/mlp-mnist-2'], or of what readFinishedRun returns",
  accepts: (value) =>
    Array.isArray(value) &&
    value.every(
      (each: unknown) => runFolder.accepts(each) || (run.accepts(each) && hasField(each, 'summary')),
    ),
};

export const config = record(
  'the settings of a run',
  ['model', 'epochs', 'seed'],
  'parseConfig({ epochs: 5 })',
);

export const resumePoint = record('the state of a run', ['state', 'history'], 'readResumePoint(folder)');

export const sweep = record('a sweep', ['trials', 'direction', 'definition'], 'readSweep(folder)');

export const sweepPlan = record('a plan', ['spaceFor', 'target', 'config'], 'planSweep({ space })');

export const sweepFolder: Kind = {
  what: "the path of the folder of a sweep, such as 'runs/sweep-1'",
  accepts: runFolder.accepts,
};

export const trained: Kind = {
  what: 'a trained model with a name, such as await resolveTrainedModel(name, { runDir })',
  accepts: (value) => hasField(value, 'saved') && hasField(value.saved, 'weights'),
};

export const foundFiles: Kind = {
  what: "an array of files, such as (await findImageFiles(['photos'])).files",
  accepts: (value) => isArrayOf(value, ['file']),
};

export const paths: Kind = {
  what: "an array of paths, such as ['photos', 'scans/*.png']",
  accepts: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string' && each !== ''),
};

/** An array of objects that a function returned. */
export function listOf(what: string, fields: readonly string[], source: string): Kind {
  return { what: `an array of ${what}, such as ${source}`, accepts: (value) => isArrayOf(value, fields) };
}

function isArrayOf(value: unknown, fields: readonly string[]): value is readonly unknown[] {
  return (
    Array.isArray(value) && value.every((each: unknown) => fields.every((field) => hasField(each, field)))
  );
}
