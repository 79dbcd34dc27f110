import { TASKS } from './plan.js';

/*
 * The gradient of a convolution's weight is a sum over all images. Its tasks are divided into groups of images, each with a partial sum,
 * and the tasks of a group into output channels. With one group per task, a task touches its own images only; with fewer, large
 * weights of small images need fewer partial sums, but several tasks read the same images.
 */

/** Columns of a register tile, and of a panel: a task computes a multiple of them. */
export const TILE_WIDTH = 16;
/**
 * Estimates of what it costs to write and add up an element of a partial sum, and to read an element of the input, relative to each
 * other: by Winograd's algorithm, reading includes the transform.
 */
const COSTS = {
  winograd: { partial: 4, input: 4 },
  definition: { partial: 2, input: 0.5 },
} as const;
/** Fewer groups must save at least this share of the cost, because the images are then not in a task's cache. */
const MIN_SAVING = 0.15;

/** The number of groups with the lowest cost: a divisor of the number of tasks. */
export function imageGroupsOf(
  inputElements: number,
  weightElements: number,
  outputs: number,
  algorithm: keyof typeof COSTS,
): number {
  const { partial, input } = COSTS[algorithm];
  const cost = (groups: number) =>
    groups * weightElements * partial + (TASKS / groups) * inputElements * input;
  const candidates = [8, 4, 2, 1].filter((groups) => TASKS / groups <= Math.ceil(outputs / TILE_WIDTH));
  const best = candidates.reduce((least, groups) => (cost(groups) < cost(least) ? groups : least), TASKS);
  return cost(best) <= (1 - MIN_SAVING) * cost(TASKS) ? best : TASKS;
}

/** The largest number of output channels of a task. */
export function channelsOfTask(groups: number, outputs: number): number {
  const parts = TASKS / groups;
  return Math.min(outputs, Math.ceil(Math.ceil(outputs / TILE_WIDTH) / parts) * TILE_WIDTH);
}
