import { formatCount, formatPlural } from '../../core/format.js';
import type { Difference, Verification } from './verification.js';

/** `5 of 5 epochs, 32 losses within them, the state of training after 5 of them, best.safetensors, and the test results` */
export function describeExtent({ epochs, recordedEpochs, compared }: Verification): string {
  const { losses, states, weights, test } = compared;
  const parts = [
    `${formatCount(epochs)} of ${formatPlural(recordedEpochs, 'epoch')}`,
    ...(losses === 0 ? [] : [`${formatPlural(losses, 'loss', 'losses')} within them`]),
    ...(states === 0 ? [] : [`the state of training after ${formatCount(states)} of them`]),
    ...weights,
    ...(test ? ['the test results'] : []),
  ];
  return new Intl.ListFormat('en-US').format(parts);
}

/** `epoch 2: trainLoss is 0.5 in summary.json, and 0.4 when repeated` */
export function describeDifference({ where, file, what, recorded, repeated }: Difference): string {
  return `${where}: ${what} is ${recorded} in ${file}, and ${repeated} when repeated`;
}
