import { DivergedError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';

/** @param where in training */
export function diverged(loss: number, where: string, learningRate: number): DivergedError {
  return new DivergedError(
    `train: the loss became ${String(loss)} ${where}, with learning rate ${String(Number(learningRate.toPrecision(4)))}; ` +
      `lower the learning rate (${option('learningRate')}), or check the data for extreme values`,
  );
}
