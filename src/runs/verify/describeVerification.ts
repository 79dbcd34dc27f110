import { formatCount, formatPlural } from '../../core/format.js';
import type { Difference, Verification } from './verification.js';

/** `5 of 5 epochs, 32 training losses recorded in them, the state of training at the end of 5 epochs, best.safetensors, and the test results` */
export function describeExtent({ epochs, recordedEpochs, compared }: Verification): string {
  const { losses, states, weights, test } = compared;
  const parts = [
    `${formatCount(epochs)} of ${formatPlural(recordedEpochs, 'epoch')}`,
    ...(losses === 0 ? [] : [`${formatPlural(losses, 'training loss', 'training losses')} recorded in them`]),
    ...(states === 0 ? [] : [`the state of training at the end of ${formatPlural(states, 'epoch')}`]),
    ...weights,
    ...(test ? ['the test results'] : []),
  ];
  return new Intl.ListFormat('en-US').format(parts);
}

/** `epoch 2: trainLoss is 0.5 in summary.json, and 0.4 when repeated` */
export function describeDifference({ where, file, what, recorded, repeated }: Difference): string {
  return `${where}: ${what} is ${recorded} in ${file}, and ${repeated} when repeated`;
}
