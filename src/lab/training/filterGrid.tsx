import { useCallback } from 'preact/hooks';
import { PixelCanvas, type PixelCanvasProps } from '../../components/pixelCanvas.js';
import type { Filters } from './networkInside.js';
import { MAX_BYTE } from '../pixels.js';

/** The more filters, the smaller each is shown. */
const columnsOf = (count: number) => (count > 32 ? 16 : 8);
const GAP = 1;

/** All filters in one canvas. Of one channel, positive and negative weights have different colors; three are red, green, and blue. */
export function FilterGrid({ filters, label }: { filters: Filters; label: string }) {
  const columns = Math.min(filters.count, columnsOf(filters.count));
  const rows = Math.ceil(filters.count / columns);
  const [width, height] = [columns * (filters.width + GAP) - GAP, rows * (filters.height + GAP) - GAP];
  const paint = useCallback<PixelCanvasProps['paint']>(
    (positive, negative) => {
      const { channels, values } = filters;
      const rgba = new Uint8ClampedArray(width * height * 4);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
      for (let pixel = 0; pixel < values.length / channels; pixel++) {
        const [column, row] = [pixel % filters.width, Math.floor(pixel / filters.width) % filters.height];
        const filter = Math.floor(pixel / (filters.width * filters.height));
        const x = (filter % columns) * (filters.width + GAP) + column;
        const y = Math.floor(filter / columns) * (filters.height + GAP) + row;
        const strengths = Array.from({ length: channels }, (_, i) => values[pixel * channels + i] / largest);
        const color =
          channels === 1
            ? [...(strengths[0] >= 0 ? positive : negative), MAX_BYTE * Math.abs(strengths[0])]
            : [...strengths.map((strength) => (MAX_BYTE * (1 + strength)) / 2), MAX_BYTE];
        rgba.set(color, (y * width + x) * 4);
      }
      return rgba;
    },
    [filters, columns, width, height],
  );
  return <PixelCanvas class="filters" height={height} width={width} paint={paint} label={label} />;
}
