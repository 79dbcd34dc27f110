import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { isContainer, type Layer } from '../../layers/index.js';
import { titleOf } from '../../layers/titles.js';
import type { Model } from '../../models/model.js';
import { resolveModel } from '../../models/resolve.js';
import { summarize } from '../../models/summary.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { described, drawingOf, DRAWING_WIDTH, label, rectangle, shorten } from './svg.js';

const ROW = { height: 40, gap: 14, icon: 78 };

/** Side lengths of an image icon. */
const ICON = { max: 28, min: 3 };

/** Draws the modules of a network from top to bottom, with their output shapes and icons to scale. */
export function drawLayers(model: Model): Drawing {
  const resolved = resolveModel(model);
  const { rows } = summarize(resolved);
  const steps = [
    { title: 'Input', shape: model.input as readonly number[], note: 'pixel values from 0 to 1' },
    ...resolved.allLayers.map(({ layer, output }, index) => ({
      title: titleOfModule(layer),
      shape: output.shape,
      note: rows[index].parameters === 0 ? '' : `${formatCount(rows[index].parameters)} parameters`,
    })),
  ];
  const widest = Math.max(
    ...steps.map(({ shape }) => (shape.length === 3 ? Math.max(...shape.slice(0, 2)) : 1)),
  );
  const pitch = ROW.height + ROW.gap;
  const shapes = steps.flatMap(({ title, shape, note }, index) => {
    const y = index * pitch + 1;
    const text = ROW.icon + 14;
    return [
      index === 0 ? '' : arrow(ROW.icon + (DRAWING_WIDTH - ROW.icon) / 2, y - ROW.gap, ROW.gap),
      described(
        [title, formatShape(shape), note].filter((part) => part !== '').join(', '),
        ...icon(shape, y, widest),
        rectangle(ROW.icon, y, DRAWING_WIDTH - ROW.icon - 1, ROW.height, {
          rx: 5,
          fill: colorOf('surface'),
          stroke: colorOf(note === '' || index === 0 ? 'border' : 'blue'),
        }),
        label(text, y + 25, shorten(title, 34), { size: 13 }),
        label(DRAWING_WIDTH - 12, y + (note === '' ? 25 : 17), formatShape(shape), {
          anchor: 'end',
          size: 13,
        }),
        label(DRAWING_WIDTH - 12, y + 33, note, { anchor: 'end', size: 11, color: 'muted' }),
      ),
    ];
  });
  return drawingOf(DRAWING_WIDTH, steps.length * pitch - ROW.gap + 2, shapes);
}

/** A short description of a layer. */
function titleOfModule(layer: Layer): string {
  if (!isContainer(layer)) return titleOf(layer);
  if (layer.type === 'squeezeExcitation') return 'Squeeze and excitation';
  return layer.shortcut === undefined ? 'Residual addition (identity)' : 'Residual addition (shortcut)';
}

function arrow(x: number, y: number, length: number): string {
  const tip = y + length - 2;
  return [
    rectangle(x - 0.75, y + 2, 1.5, length - 6, { fill: colorOf('muted') }),
    `<path d="M${x - 4} ${tip - 5}h8l-4 5z" fill="${colorOf('muted')}"/>`,
  ].join('');
}

/** An image as a stack of sheets, more for more channels; a vector as a bar. */
function icon(shape: readonly number[], y: number, widest: number): string[] {
  const style = { fill: colorOf('background'), stroke: colorOf('blue') };
  const middle = y + ROW.height / 2;
  if (shape.length !== 3) {
    const length = Math.min(64, 8 + 6 * Math.log2(shape[0]));
    return [rectangle(0.5 + (70 - length) / 2, middle - 4, length, 8, style)];
  }
  const [height, width, channels] = shape;
  const sheets = Math.max(1, Math.round(Math.log2(channels)) + 1);
  const [drawnWidth, drawnHeight] = [width, height].map((side) =>
    Math.max(ICON.min, (side / widest) * ICON.max),
  );
  const step = { x: 3, y: 1.5 };
  const left = 0.5 + (70 - drawnWidth - (sheets - 1) * step.x) / 2;
  const top = middle - drawnHeight / 2 + ((sheets - 1) * step.y) / 2;
  return Array.from({ length: sheets }, (_, sheet) => sheets - 1 - sheet).map((depth) =>
    rectangle(left + depth * step.x, top - depth * step.y, drawnWidth, drawnHeight, style),
  );
}
