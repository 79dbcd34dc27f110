import { describe, expect, it } from 'vitest';
import { TASKS } from '#inkling/plan/plan.js';
import { shareOf } from '#inkling/plan/weightGradShare.js';
import { channelsOfTask, imageGroupsOf } from '#inkling/plan/weightGradTasks.js';

describe('the number of groups of images', () => {
  it('is the number of tasks for weights that are small compared with the images', () => {
    expect(imageGroupsOf(64 * 32 * 32 * 16, 9 * 16 * 32, 32, 'definition')).toBe(TASKS);
  });

  it('decreases as the weight grows', () => {
    const images = 16 * 7 * 7;
    const groups = [64, 128, 256, 512].map((channels) =>
      imageGroupsOf(images * channels, 9 * channels ** 2, channels, 'winograd'),
    );
    expect(groups).toEqual([...groups].sort((a, b) => b - a));
    expect(groups.at(-1)).toBe(2);
  });

  it('leaves each task a whole register tile of output channels', () => {
    expect(imageGroupsOf(100, 1e6, 32, 'definition')).toBe(8);
    expect(imageGroupsOf(100, 1e6, 16, 'definition')).toBe(TASKS);
  });
});

describe('the shares of the tasks', () => {
  it.each([
    [1, 512],
    [2, 200],
    [4, 72],
    [8, 40],
    [16, 10],
  ])('of %d groups cover %d output channels of each group once', (groups, outputs) => {
    const covered = Array.from({ length: groups }, () => new Array<number>(outputs).fill(0));
    for (let task = 0; task < TASKS; task++) {
      const { group, firstChannel, lastChannel } = shareOf(task, groups, outputs);
      expect(lastChannel - firstChannel).toBeLessThanOrEqual(channelsOfTask(groups, outputs));
      for (let o = firstChannel; o < lastChannel; o++) covered[group][o]++;
    }
    expect(covered.flat().every((times) => times === 1)).toBe(true);
  });
});
