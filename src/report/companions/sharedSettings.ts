import { formatPlural } from '../../core/format.js';
import { countExcluded } from '../../data/audit/excludedImages.js';
import { formatAugmentation } from '../../plan/augmentation.js';
import { numericSettings } from '../../train/config.js';
import { fileNameOf } from '../programs/fileNameOf.js';
import type { CompanionRun } from './companionRun.js';

/** The settings that affect the results of a run, without where files were on the author's computer, which concerns nobody else. */
export function sharedSettings({ config, summary }: CompanionRun) {
  const { augment, initFrom, exclude } = config;
  return {
    ...numericSettings(config),
    dataset: summary.dataset.name,
    model: summary.model.name,
    augment: augment && formatAugmentation(augment),
    initFrom: initFrom && fileNameOf(initFrom),
    exclude: exclude && formatPlural(countExcluded(exclude), 'image'),
  };
}
