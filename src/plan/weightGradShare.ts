import { TASKS } from './plan.js';
import { TILE_WIDTH } from './weightGradTasks.js';

/** A task's share: its group of images, and its range of output channels. */
export function shareOf(
  task: number,
  groups: number,
  outputs: number,
): { readonly group: number; readonly firstChannel: number; readonly lastChannel: number } {
  const parts = TASKS / groups;
  const part = task % parts;
  const tiles = Math.ceil(outputs / TILE_WIDTH);
  const [firstChannel, lastChannel] = [part, part + 1].map((end) =>
    Math.min(outputs, Math.floor((tiles * end) / parts) * TILE_WIDTH),
  );
  return { group: Math.floor(task / parts), firstChannel, lastChannel };
}
