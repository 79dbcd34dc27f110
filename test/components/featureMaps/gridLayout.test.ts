import { expect, test } from 'vitest';
import { gridLayout, rangeOf } from '../../../src/components/featureMaps/gridLayout.js';

test.each([
  { channels: 10, columns: 8, width: 8 * 5 - 1, height: 2 * 4 - 1 },
  { channels: 40, columns: 16, width: 16 * 5 - 1, height: 3 * 4 - 1 },
])('finds each of $channels channels where it is drawn', ({ channels, columns, ...size }) => {
  const layout = gridLayout({ layer: 'a', height: 3, width: 4, channels });
  expect(layout).toMatchObject({ columns, ...size });
  for (let channel = 0; channel < channels; channel++) {
    const { left, top } = layout.positionOf(channel);
    expect(layout.channelAt(left, top)).toBe(channel);
    expect(layout.channelAt(left + 3.9, top + 2.9)).toBe(channel);
  }
  expect(layout.channelAt(layout.width, layout.height)).toBeUndefined();
});

test('finds the range of a channel', () => {
  const values = Float32Array.of(1, -2, 3, 0, 2, 8);
  const maps = { layer: 'a', height: 1, width: 3, channels: 2, values };
  expect(rangeOf(maps, 0)).toEqual({ least: 1, greatest: 3 });
  expect(rangeOf(maps, 1)).toEqual({ least: -2, greatest: 8 });
});
