import { useCallback } from 'preact/hooks';
import { PixelCanvas, type PixelCanvasProps } from '../../../components/pixelCanvas.js';
import { type Grid, neighborOf } from './grid.js';
import type { InputWindow } from './window.js';
import { MAX_BYTE } from '../../pixels.js';

type Color = Parameters<PixelCanvasProps['paint']>[0];

/** Numbers as an image: positive ones in one color, negative ones in another, the stronger the larger. */
export function ValueMap(props: {
  grid: Grid;
  /** In cells; what is outside is not shown. */
  mark: InputWindow | undefined;
  label: string;
  /** For an image whose cells can be selected. */
  selection?: {
    readonly cell: number;
    readonly onSelect: (cell: number) => void;
    /** Undefined when the pointer leaves. */
    readonly onHover: (cell: number | undefined) => void;
  };
}) {
  const { grid, mark, label, selection } = props;
  const { height, width } = grid;
  const paint = useCallback(
    (positive: Color, negative: Color) => paintGrid(grid, positive, negative),
    [grid],
  );
  const image = { class: 'signed', height, width, paint };
  const marked = mark && <span class="mark" style={styleOf(mark, grid)} />;
  if (selection === undefined) {
    return (
      <div class="value-map">
        <PixelCanvas {...image} label={label} />
        {marked}
      </div>
    );
  }
  const { cell, onSelect, onHover } = selection;
  return (
    <div
      class="value-map selectable"
      role="application"
      tabIndex={0}
      aria-label={label}
      onPointerMove={(event) => {
        if (event.pointerType === 'mouse') onHover(cellAt(event, event.currentTarget, grid));
      }}
      onPointerLeave={() => {
        onHover(undefined);
      }}
      onPointerDown={(event) => {
        const pressed = cellAt(event, event.currentTarget, grid);
        if (pressed !== undefined) onSelect(pressed);
      }}
      onKeyDown={(event) => {
        const next = neighborOf(grid, cell, event.key);
        if (next === undefined) return;
        event.preventDefault();
        onHover(undefined);
        onSelect(next);
      }}
    >
      <PixelCanvas {...image} />
      {marked}
    </div>
  );
}

/** The cell under the pointer; undefined beyond the last one. */
function cellAt({ clientX, clientY }: PointerEvent, map: Element, grid: Grid): number | undefined {
  const { left, top, width, height } = map.getBoundingClientRect();
  const column = Math.floor(((clientX - left) / width) * grid.width);
  const row = Math.floor(((clientY - top) / height) * grid.height);
  if (row < 0 || column < 0 || row >= grid.height || column >= grid.width) return undefined;
  const cell = row * grid.width + column;
  return cell < grid.values.length ? cell : undefined;
}

function styleOf(mark: InputWindow, { height, width }: Grid) {
  const percent = (cells: number, of: number) => `${(100 * cells) / of}%`;
  return {
    top: percent(mark.top, height),
    left: percent(mark.left, width),
    height: percent(mark.height, height),
    width: percent(mark.width, width),
  };
}

/** The largest absolute number is opaque; returns RGBA bytes. */
function paintGrid(
  { height, width, values }: Grid,
  positive: Color,
  negative: Color,
): Uint8ClampedArray<ArrayBuffer> {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-9);
  const rgba = new Uint8ClampedArray(4 * height * width);
  values.forEach((value, cell) => {
    rgba.set([...(value < 0 ? negative : positive), (MAX_BYTE * Math.abs(value)) / largest], 4 * cell);
  });
  return rgba;
}
