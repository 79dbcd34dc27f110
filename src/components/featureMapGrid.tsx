import { useCallback } from 'preact/hooks';
import type { Rgb } from '#inkling/core/pixels.js';
import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { PixelCanvas, tint } from './pixelCanvas.js';
import { useTexts } from './texts.js';

/** The more channels, the smaller each is shown. */
const columnsOf = ({ channels }: FeatureMaps) => (channels > 32 ? 16 : 8);
const GAP = 1;

/** All channels of a layer in one canvas; the largest activation of the layer is opaque. */
export function FeatureMapGrid({ maps }: { maps: FeatureMaps }) {
  const texts = useTexts();
  const columns = columnsOf(maps);
  const rows = Math.ceil(maps.channels / columns);
  const width = columns * (maps.width + GAP) - GAP;
  const height = rows * (maps.height + GAP) - GAP;
  const paint = useCallback((color: Rgb) => tint(gridOf(maps, width, height), color), [maps, width, height]);
  return <PixelCanvas height={height} width={width} paint={paint} label={texts.featureMapsOf(maps.layer)} />;
}

/** Opacity of zero activation, so that the borders of a map stay visible. */
const MIN_OPACITY = 0.06;

/** Opacities, `[gridHeight, gridWidth]`. */
function gridOf(maps: FeatureMaps, gridWidth: number, gridHeight: number): Float32Array {
  const { height, width, channels, values } = maps;
  const columns = columnsOf(maps);
  const largest = values.reduce((maximum, value) => Math.max(maximum, value), 1e-6);
  const grid = new Float32Array(gridWidth * gridHeight);
  values.forEach((value, i) => {
    const [channel, x, y] = [
      i % channels,
      Math.floor(i / channels) % width,
      Math.floor(i / channels / width),
    ];
    const left = (channel % columns) * (width + GAP);
    const top = Math.floor(channel / columns) * (height + GAP);
    const activation = Math.max(0, value) / largest;
    grid[(top + y) * gridWidth + left + x] = MIN_OPACITY + (1 - MIN_OPACITY) * activation;
  });
  return grid;
}
