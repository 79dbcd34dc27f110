import { pickLabels } from '../../data/classes.js';
import { canCalibrate } from '../../predict/calibration.js';
import type { EpochRecord } from '../epochRecord.js';
import type { ScoredLogits } from '../session.js';
import type { TrainingTask } from '../task.js';
import { isBetter } from '../trainer.js';

/** Into how many parts the validation images are divided. */
const PARTS = 5;

/** What cross-fitting knows of the epochs so far. */
export interface CrossFitState {
  /** `[images, classes]`, in the order of the validation images. */
  readonly logits: Float32Array;
  /** For each part, the sums of the losses and of the correct predictions of all other parts, at the epoch that they select. */
  readonly best: readonly Pick<EpochRecord, 'validationLoss' | 'validationAccuracy'>[];
}

/** Keeps, for each part of the validation images, the logits of the epoch that all other parts select. */
export interface CrossFit {
  /** Adds the scores of the validation images after an epoch. */
  readonly add: (scores: ScoredLogits) => void;
  /** A copy. */
  readonly state: () => CrossFitState;
}

/**
 * Cross-fitting: the validation images are divided into five parts, class by class, and each part gets its logits from the epoch that
 * the images of the other four select, by the rule that selects the epoch of the training. No image then has a say in which epoch its
 * logits are from, so that they are as good a measure of confidence as those of images that selected nothing.
 *
 * @param resumed the state of a training that is resumed
 * @returns undefined with too few images to calibrate a model, and for a training without a record of its first epochs
 */
export function startCrossFit(
  { dataset, split, config }: TrainingTask,
  resumed?: { readonly crossFit?: CrossFitState | undefined },
): CrossFit | undefined {
  const labels = pickLabels(dataset.train.labels, split.validation);
  const saved = resumed?.crossFit;
  if (!canCalibrate(labels.length) || (resumed && !saved)) return undefined;
  const classes = dataset.classes.length;
  const logits = saved?.logits.slice() ?? new Float32Array(labels.length * classes);
  const best = [...(saved?.best ?? [])];
  // Sorting is stable, so that the images of a class go to one part after the other.
  const sorted = Uint32Array.from(labels.keys()).sort((a, b) => labels[a] - labels[b]);
  return {
    add(scores) {
      for (let part = 0; part < PARTS; part++) {
        // Sums compare like means.
        let [validationLoss, validationAccuracy] = [0, 0];
        sorted.forEach((image, place) => {
          if (place % PARTS === part) return;
          validationLoss += scores.losses[image];
          if (scores.predictions[image] === labels[image]) validationAccuracy++;
        });
        const validation = { validationLoss, validationAccuracy };
        if (part in best && !isBetter(validation, best[part], config.monitor)) continue;
        best[part] = validation;
        for (let place = part; place < labels.length; place += PARTS) {
          const first = sorted[place] * classes;
          logits.set(scores.logits.subarray(first, first + classes), first);
        }
      }
    },
    state: () => ({ logits: logits.slice(), best: [...best] }),
  };
}
