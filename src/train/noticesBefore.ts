import { option } from '../core/optionName.js';
import { formatCount, formatPlural } from '../core/format.js';
import { classBalance, formatRatio } from '../data/classBalance.js';
import { countParts } from '../data/countParts.js';
import { backboneNotices } from './backboneNotices.js';
import { featureNotices } from './features/fixedLayers.js';
import type { TrainingTask } from './task.js';

/** What to know before training. */
export function noticesBefore(task: TrainingTask): string[] {
  return [...balanceNotices(task), ...backboneNotices(task), ...featureNotices(task)];
}

/** A notice if the classes are imbalanced, and no setting compensates for that. */
function balanceNotices({ dataset, split, config }: TrainingTask): string[] {
  const balance = classBalance(countParts(dataset, split).train);
  const isCompensated = config.sampling === 'balanced' || config.classWeights !== undefined;
  if (!balance.isImbalanced || isCompensated) return [];
  const { largest, smallest } = balance;
  const [most, least] = [largest, smallest].map(({ label }) => `"${dataset.classes[label]}"`);
  return [
    `the classes are imbalanced: ${most} has ${formatPlural(largest.images, 'training image')}, ${formatRatio(balance)} times as many as ${least}, which has ${formatCount(smallest.images)}; ` +
      `compensate for this with balanced class weights (${option('classWeights')} balanced) or balanced sampling (${option('sampling')} balanced), and compare macro F1 scores rather than accuracies`,
  ];
}
