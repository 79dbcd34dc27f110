import { option } from '../core/optionName.js';
import { formatCount, formatPlural } from '../core/format.js';
import { classBalance, formatRatio } from '../data/classBalance.js';
import { countParts } from '../data/countParts.js';
import { datasetInputKind } from '../data/inputKind.js';
import { featureNotices } from './features/fixedLayers.js';
import type { TrainingTask } from './task.js';

/** Images whose shorter side has so many pixels are photos rather than icons or digits, and fewer of them than this are few. */
const PHOTO_SIDE = 128;
const MANY_PHOTOS = 5000;

/** What to know before training. */
export function noticesBefore(task: TrainingTask): string[] {
  return [...balanceNotices(task), ...backboneNotices(task), ...featureNotices(task)];
}

/** A notice if a network is trained from scratch on few photos, where one that is pretrained usually does better. */
function backboneNotices({ dataset, split, config }: TrainingTask): string[] {
  const { median } = dataset.imageFiles?.sizes ?? {};
  const isPretrained = (config.backbone ?? config.initFrom) !== undefined || config.freeze !== undefined;
  if (median === undefined || isPretrained || split.train.length >= MANY_PHOTOS) return [];
  if (Math.min(median.width, median.height) < PHOTO_SIDE || datasetInputKind(dataset) === 'digit') return [];
  return [
    `${formatPlural(split.train.length, 'training photo')} are few for a network with random weights; one that was pretrained on ImageNet usually does better: ` +
      `inkling train --dataset ${quoted(dataset.source.location)} --backbone efficientnet-lite0`,
  ];
}

/** As a shell takes it. */
function quoted(word: string): string {
  return /^[\w./~:@%+=,-]+$/.test(word) ? word : `"${word}"`;
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
