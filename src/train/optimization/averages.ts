import type { NetworkTensors } from '../../models/network.js';
import type { PlanBuilder } from '../../plan/builder.js';

/**
 * Has a training plan keep a moving average of all parameters: of the running statistics too, since those of the present
 * weights would not fit the averaged ones.
 */
export function addAverage(builder: PlanBuilder, network: NetworkTensors, averages: NetworkTensors): void {
  builder.epilogue({
    op: 'movingAverage',
    reads: { value: network.all },
    writes: { average: averages.all },
  });
}

/**
 * How far the average goes towards the weights of the `update`-th update, counted from 1: `1 - decay`, and more at first, so
 * that the initial weights are forgotten soon. Source: TensorFlow's `ExponentialMovingAverage`.
 */
export function averageShare(update: number, decay: number | undefined): number {
  return decay === undefined ? 0 : 1 - Math.min(decay, (1 + update) / (10 + update));
}
