import type { NetworkTensors } from '../../models/network.js';
import type { PlanBuilder } from '../../plan/builder.js';

/**
 * Adds a moving average of all parameters to a training plan. It includes the running statistics, since those of the
 * current weights do not match the averaged weights.
 */
export function addAverage(builder: PlanBuilder, network: NetworkTensors, averages: NetworkTensors): void {
  builder.epilogue({
    op: 'movingAverage',
    reads: { value: network.all },
    writes: { average: averages.all },
  });
}

/**
 * How much of the weights after the `update`-th update, counted from 1, enters the average: `1 - decay`, and more at first,
 * so that the initial weights lose their influence quickly. Source: TensorFlow's `ExponentialMovingAverage`.
 */
export function averageShare(update: number, decay: number | undefined): number {
  return decay === undefined ? 0 : 1 - Math.min(decay, (1 + update) / (10 + update));
}
