import { useCallback } from 'preact/hooks';
import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { tint, PixelCanvas, type Rgb } from '../ui/pixelCanvas.js';

/** How the channels of each layer light up, one small picture a channel. */
export function FeatureMapsPanel({ featureMaps }: { featureMaps: readonly FeatureMaps[] }) {
  return (
    <section class="card maps" aria-label="Feature maps">
      <h2>What its layers see</h2>
      {featureMaps.length === 0 && <p class="muted">They light up as soon as there is something to see.</p>}
      {featureMaps.map((maps, index) => (
        <figure key={maps.layer}>
          <Sheet maps={maps} label={`Feature maps of layer ${index + 1}`} />
          <figcaption>
            Layer {index + 1}: {maps.channels} features, {maps.height} × {maps.width}
          </figcaption>
        </figure>
      ))}
    </section>
  );
}

/** Few channels are shown large, many small. */
const columnsOf = ({ channels }: FeatureMaps) => (channels > 32 ? 16 : 8);
const GAP = 1;

/** All channels in one canvas, as bright as they are strong in their layer. */
function Sheet({ maps, label }: { maps: FeatureMaps; label: string }) {
  const columns = columnsOf(maps);
  const rows = Math.ceil(maps.channels / columns);
  const width = columns * (maps.width + GAP) - GAP;
  const height = rows * (maps.height + GAP) - GAP;
  const paint = useCallback(
    (colour: Rgb) => tint(laidOut(maps, width, height), colour),
    [maps, width, height],
  );
  return <PixelCanvas class="sheet" height={height} width={width} paint={paint} label={label} />;
}

/** Shows where a map ends even where it is dark. */
const FLOOR = 0.06;

function laidOut(maps: FeatureMaps, sheetWidth: number, sheetHeight: number): Float32Array {
  const { height, width, channels, values } = maps;
  const columns = columnsOf(maps);
  const largest = values.reduce((most, value) => Math.max(most, value), 1e-6);
  const sheet = new Float32Array(sheetWidth * sheetHeight);
  values.forEach((value, i) => {
    const [channel, x, y] = [
      i % channels,
      Math.floor(i / channels) % width,
      Math.floor(i / channels / width),
    ];
    const left = (channel % columns) * (width + GAP);
    const top = Math.floor(channel / columns) * (height + GAP);
    sheet[(top + y) * sheetWidth + left + x] = FLOOR + ((1 - FLOOR) * Math.max(0, value)) / largest;
  });
  return sheet;
}
