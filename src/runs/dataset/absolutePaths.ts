import { resolve } from 'node:path';
import { datasetPath } from '../../data/datasetPath.js';
import type { PartialConfig } from '../../train/config.js';
import { isModelFile } from '../../train/openModel.js';

/**
 * Makes the paths in settings absolute, so that a run can be used from any folder, and a different file at the same relative path is
 * never used instead.
 */
export function withAbsolutePaths<Settings extends PartialConfig>(settings: Settings): Settings {
  const { dataset, dataDir, model, initFrom } = settings;
  return {
    ...settings,
    ...(dataset !== undefined && { dataset: datasetPath(dataset) ?? dataset }),
    ...(dataDir !== undefined && { dataDir: resolve(dataDir) }),
    ...(model !== undefined && isModelFile(model) && { model: resolve(model) }),
    ...(initFrom !== undefined && { initFrom: resolve(initFrom) }),
  };
}
