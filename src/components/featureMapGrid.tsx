import { useCallback, useState } from 'preact/hooks';
import type { Rgb } from '#inkling/core/pixels.js';
import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { ChannelSelector } from './featureMaps/channelSelector.js';
import { EnlargedMap } from './featureMaps/enlargedMap.js';
import { type GridLayout, gridLayout } from './featureMaps/gridLayout.js';
import { PixelCanvas, tint } from './pixelCanvas.js';
import { useTexts } from './texts.js';

/** All channels of a layer in one canvas; the largest activation of the layer is opaque. One of them can be enlarged. */
export function FeatureMapGrid({ maps }: { maps: FeatureMaps }) {
  const texts = useTexts();
  const [selected, setSelected] = useState<number>();
  const layout = gridLayout(maps);
  const { width, height } = layout;
  const paint = useCallback((color: Rgb) => tint(gridOf(maps, gridLayout(maps)), color), [maps]);
  // Another model may have fewer channels.
  const channel = selected !== undefined && selected < maps.channels ? selected : undefined;
  return (
    <>
      <div class="channels">
        <PixelCanvas height={height} width={width} paint={paint} label={texts.featureMapsOf(maps.layer)} />
        <ChannelSelector maps={maps} layout={layout} selected={channel} onSelect={setSelected} />
      </div>
      {channel !== undefined && (
        <EnlargedMap
          maps={maps}
          channel={channel}
          onClose={() => {
            setSelected(undefined);
          }}
        />
      )}
    </>
  );
}

/** Opacity of zero activation, so that the borders of a map stay visible. */
const MIN_OPACITY = 0.06;

/** Opacities, `[gridHeight, gridWidth]`. */
function gridOf({ height, width, channels, values }: FeatureMaps, layout: GridLayout): Float32Array {
  const largest = values.reduce((maximum, value) => Math.max(maximum, value), 1e-6);
  const grid = new Float32Array(layout.width * layout.height);
  for (let channel = 0; channel < channels; channel++) {
    const { left, top } = layout.positionOf(channel);
    for (let pixel = 0; pixel < height * width; pixel++) {
      const activation = Math.max(0, values[pixel * channels + channel]) / largest;
      const [x, y] = [left + (pixel % width), top + Math.floor(pixel / width)];
      grid[y * layout.width + x] = MIN_OPACITY + (1 - MIN_OPACITY) * activation;
    }
  }
  return grid;
}
