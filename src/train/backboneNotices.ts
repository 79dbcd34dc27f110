import { formatPlural } from '../core/format.js';
import { datasetInputKind } from '../data/inputKind.js';
import type { TrainingTask } from './task.js';

/** Images whose shorter side has so many pixels are photos rather than icons or digits, and fewer of them than this are few. */
const PHOTO_SIDE = 128;
const MANY_PHOTOS = 5000;

/** A notice if a network is trained from scratch on few photos, where one that is pretrained usually does better. */
export function backboneNotices({ dataset, split, config }: TrainingTask): string[] {
  const { median } = dataset.imageFiles?.sizes ?? {};
  const { backbone, weights, initFrom, freeze } = config;
  const isPretrained = (backbone ?? weights ?? initFrom ?? freeze) !== undefined;
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
