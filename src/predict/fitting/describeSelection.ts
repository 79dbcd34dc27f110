import { formatPlural } from '../../core/format.js';
import type { Calibration } from '../../interop/calibrationRecord.js';
import { canCalibrate, MIN_CALIBRATION_IMAGES } from '../calibration.js';

const RULES: Readonly<Record<NonNullable<Calibration['selection']>, string>> = {
  'cross-fitted':
    'by cross-fitting: the images are divided into five parts, and the logits of each part are those of the epoch that the other four parts select, so that no image selected the epoch at which it was measured',
  'same-images':
    'with the logits of the selected epoch; the same images selected it, so that the network may look slightly better on them than on others',
  none: 'with the logits of the network, whose epoch these images did not select',
};

/**
 * How the temperature and the threshold of the confidence were fitted, as a part of a sentence: for reports, the command line, and files.
 * Records of earlier versions do not say it; these fitted them to the images that selected the epoch, if Inkling trained the network.
 */
export function describeSelection({ images, selection }: Pick<Calibration, 'images' | 'selection'>): string {
  if (!canCalibrate(images)) {
    return `not fitted, since there are only ${formatPlural(images, 'validation image')}, expected ${MIN_CALIBRATION_IMAGES} or more`;
  }
  const rule =
    selection === undefined
      ? 'by an earlier version of Inkling, with the logits of the selected epoch; if Inkling trained the network, the same images selected it'
      : RULES[selection];
  return `fitted on ${formatPlural(images, 'validation image')} ${rule}`;
}
