import type { FeatureMaps } from '#inkling/predict/featureMaps.js';

const GAP = 1;

/** Where the channels of a layer are in one image, in pixels. */
export interface GridLayout {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
  /** The upper left corner of a channel. */
  readonly positionOf: (channel: number) => { readonly left: number; readonly top: number };
  /** The channel at a point; undefined if there is none. */
  readonly channelAt: (x: number, y: number) => number | undefined;
}

/** The more channels, the smaller each is shown. */
export function gridLayout({ width, height, channels }: Omit<FeatureMaps, 'values'>): GridLayout {
  const columns = channels > 32 ? 16 : 8;
  const rows = Math.ceil(channels / columns);
  return {
    columns,
    width: columns * (width + GAP) - GAP,
    height: rows * (height + GAP) - GAP,
    positionOf: (channel) => ({
      left: (channel % columns) * (width + GAP),
      top: Math.floor(channel / columns) * (height + GAP),
    }),
    channelAt(x, y) {
      const column = Math.min(columns - 1, Math.max(0, Math.floor(x / (width + GAP))));
      const channel = Math.max(0, Math.floor(y / (height + GAP))) * columns + column;
      return channel < channels ? channel : undefined;
    },
  };
}

/** The least and the greatest value of a channel. */
export function rangeOf(
  { values, channels }: FeatureMaps,
  channel: number,
): { least: number; greatest: number } {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = channel; i < values.length; i += channels) {
    least = Math.min(least, values[i]);
    greatest = Math.max(greatest, values[i]);
  }
  return { least, greatest };
}
