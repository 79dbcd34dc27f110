import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { definitionOf, type Layer } from '../../layers/index.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import { summarize } from '../../models/summary.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { described, drawingOf, DRAWING_WIDTH, label, rectangle, shorten } from './svg.js';

const ROW = { height: 40, gap: 14, icon: 78 };

/** Sides of a drawn image: of the widest one, and of the thinnest. */
const ICON = { widest: 28, thinnest: 3 };

/** A network from its input down to its last layer, each with what it hands on, drawn to scale. */
export function drawLayers(model: Model): Drawing {
  const resolved = resolveModel(model);
  const { rows } = summarize(resolved);
  const stops = [
    { title: 'Input', shape: model.input as readonly number[], note: 'pixels from 0 to 1' },
    ...resolved.allLayers.map(({ layer, output }, index) => ({
      title: titleOf(layer),
      shape: output.shape,
      note: rows[index].parameters === 0 ? '' : `${formatCount(rows[index].parameters)} parameters`,
    })),
  ];
  const widest = Math.max(
    ...stops.map(({ shape }) => (shape.length === 3 ? Math.max(...shape.slice(0, 2)) : 1)),
  );
  const pitch = ROW.height + ROW.gap;
  const shapes = stops.flatMap(({ title, shape, note }, index) => {
    const y = index * pitch + 1;
    const text = ROW.icon + 14;
    return [
      index === 0 ? '' : arrow(ROW.icon + (DRAWING_WIDTH - ROW.icon) / 2, y - ROW.gap, ROW.gap),
      described(
        [title, formatShape(shape), note].filter((part) => part !== '').join(', '),
        ...icon(shape, y, widest),
        rectangle(ROW.icon, y, DRAWING_WIDTH - ROW.icon - 1, ROW.height, {
          rx: 5,
          fill: colorOf('wash'),
          stroke: colorOf(note === '' || index === 0 ? 'line' : 'first'),
        }),
        label(text, y + 25, shorten(title, 34), { size: 13 }),
        label(DRAWING_WIDTH - 12, y + (note === '' ? 25 : 17), formatShape(shape), {
          anchor: 'end',
          size: 13,
        }),
        label(DRAWING_WIDTH - 12, y + 33, note, { anchor: 'end', size: 11, color: 'faint' }),
      ),
    ];
  });
  return drawingOf(DRAWING_WIDTH, stops.length * pitch - ROW.gap + 2, shapes);
}

/** A few words that describe a layer. */
function titleOf(layer: Layer): string {
  if (layer.type !== 'residual') return definitionOf(layer).title(layer);
  return layer.shortcut === undefined ? 'Sum with the block’s input' : 'Sum with the shortcut';
}

function arrow(x: number, y: number, length: number): string {
  const tip = y + length - 2;
  return [
    rectangle(x - 0.75, y + 2, 1.5, length - 6, { fill: colorOf('faint') }),
    `<path d="M${x - 4} ${tip - 5}h8l-4 5z" fill="${colorOf('faint')}"/>`,
  ].join('');
}

/** An image as a pile of sheets, one for a few channels; a vector as a bar. */
function icon(shape: readonly number[], y: number, widest: number): string[] {
  const ink = { fill: colorOf('paper'), stroke: colorOf('first') };
  const middle = y + ROW.height / 2;
  if (shape.length !== 3) {
    const length = Math.min(64, 8 + 6 * Math.log2(shape[0]));
    return [rectangle(0.5 + (70 - length) / 2, middle - 4, length, 8, ink)];
  }
  const [height, width, channels] = shape;
  const sheets = Math.max(1, Math.round(Math.log2(channels)) + 1);
  const [drawnWidth, drawnHeight] = [width, height].map((side) =>
    Math.max(ICON.thinnest, (side / widest) * ICON.widest),
  );
  const step = { x: 3, y: 1.5 };
  const left = 0.5 + (70 - drawnWidth - (sheets - 1) * step.x) / 2;
  const top = middle - drawnHeight / 2 + ((sheets - 1) * step.y) / 2;
  return Array.from({ length: sheets }, (_, sheet) => sheets - 1 - sheet).map((behind) =>
    rectangle(left + behind * step.x, top - behind * step.y, drawnWidth, drawnHeight, ink),
  );
}
