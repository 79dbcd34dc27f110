import { formatPlural } from '../../../core/format.js';
import { countExcluded } from '../../../data/audit/excludedImages.js';
import { formatAugmentation } from '../../../plan/augmentation.js';
import { formatViews } from '../../../predict/viewSettings.js';
import { trainsHeadOnly } from '../../../train/fineTune.js';
import { OPTIMIZERS } from '../../../train/optimization/optimizers.js';
import type { Setting } from '../../../train/settings/names.js';
import type { ReportRun } from '../../reportRun.js';
import { fileNameOf } from '../../programs/fileNameOf.js';

type Config = ReportRun['config'];

/** Settings that name folders of one machine, or how many threads it has, and do not change what is computed. */
const OF_MACHINE: readonly Setting[] = ['dataDir', 'runDir', 'threads', 'skipUnreadable'];

/** Settings that may be paths. */
const PATHS: readonly Setting[] = ['dataset', 'initFrom', 'weights', 'model'];

/** Whether a setting belongs in a document that others read. */
export function isShared(setting: Setting): boolean {
  return !OF_MACHINE.includes(setting);
}

/** Whether a setting changes anything in a run, given its others. */
export function hasEffect(config: Config, setting: Setting): boolean {
  switch (setting) {
    case 'momentum':
      return Object.hasOwn(OPTIMIZERS[config.optimizer].settings, setting);
    case 'stepEpochs':
    case 'stepFactor':
      return config.schedule === 'step';
    case 'device':
      return config.device !== 'cpu';
    case 'augmentedViews':
      return config.augment !== undefined && isFrozen(config);
    default:
      return true;
  }
}

/** Only the outputs of frozen layers are computed for a number of views. */
function isFrozen(config: Config): boolean {
  return config.freeze !== undefined || config.fineTune !== undefined || trainsHeadOnly(config);
}

/** The value of a setting as the command line takes it; undefined where it is not set. */
export function settingValue(config: Config, setting: Setting): string | undefined {
  const { augment, exclude, tta } = config;
  if (setting === 'augment') return augment && formatAugmentation(augment);
  if (setting === 'tta') return tta && formatViews(tta);
  if (setting === 'exclude') return exclude && formatPlural(countExcluded(exclude), 'image');
  const value = config[setting];
  if (value === undefined) return undefined;
  return PATHS.includes(setting) ? fileNameOf(String(value)) : String(value);
}
