import { formatCount } from '../../core/format.js';
import { classBalance, formatRatio } from '../../data/classBalance.js';
import type { Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { reference, sentences, text } from './text.js';

/** How evenly the training images are distributed over the classes, and if unevenly, whether training compensated for that. */
export function balanceText(run: ReportRun): Text {
  const { predictionRecord, summary } = run;
  const balance = classBalance(predictionRecord.classCounts.train);
  const [largest, smallest] = [balance.largest, balance.smallest].map(({ label, images }) => ({
    name: summary.dataset.classes[label],
    images: formatCount(images),
  }));
  if (balance.ratio === 1) return text`The training set contains ${largest.images} images of every class.`;
  return sentences(
    text`In the training set, class ${largest.name} is the most frequent (${largest.images} images) and class ${smallest.name} the least frequent (${smallest.images} images).`,
    balance.isImbalanced
      ? text`The classes are imbalanced: the largest has ${formatRatio(balance)} times as many training images as the smallest.`
      : [],
    balance.isImbalanced && summary.stopReason !== 'imported' ? compensation(run) : [],
  );
}

function compensation({ config: { sampling, classWeights } }: ReportRun): Text {
  if (sampling === 'balanced')
    return text`Balanced sampling compensated for this (${reference('settings')}).`;
  if (classWeights !== undefined) return text`The loss was weighted by class (${reference('settings')}).`;
  return text`Neither class weights nor balanced sampling compensated for this, so the macro F1 score is more informative than the accuracy.`;
}
