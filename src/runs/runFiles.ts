import { join } from 'node:path';
import { BEST_CHECKPOINT } from '../predict/load.js';

/** The files of a run folder. */
export const CONFIG_FILE = 'config.json';
export const SUMMARY_FILE = 'summary.json';
export const PREDICTIONS_FILE = 'predictions.json';
/** In the folder of the first fold of a cross-validation: what is predicted for the images of all folds. */
export const OUT_OF_FOLD_FILE = 'out-of-fold.csv';
/** There as well, for reports. */
export const FOLDS_RECORD_FILE = 'out-of-fold.json';
export const METRICS_FILE = 'metrics.csv';
export const EVENTS_FILE = 'events.jsonl';
export const VERIFICATION_FILE = 'verification.json';
export const CHECKPOINTS = 'checkpoints';

/** The state from which a run can be resumed. */
export const RESUME_FILE = join(CHECKPOINTS, 'resume.safetensors');

/** The files that a run is exported to, without their extensions. */
export const EXPORT_NAME = 'model';

/** Models, without the extension: `next` is the best one of a finished run that is trained for longer. */
export type CheckpointName = 'best' | 'last' | 'next';

export function checkpointFile(name: CheckpointName): string {
  return name === 'best' ? BEST_CHECKPOINT : join(CHECKPOINTS, `${name}.safetensors`);
}

/** Entries of a run folder from the start or from the end of a run on; a folder with any of them is meant to be a run folder. */
export const RUN_ENTRIES: readonly string[] = [CONFIG_FILE, SUMMARY_FILE, EVENTS_FILE, CHECKPOINTS];
