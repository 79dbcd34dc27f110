import { formatCount } from '../../core/format.js';
import { formatShape, type Shape } from '../../core/shape.js';
import { isContainer, type Layer } from '../../layers/index.js';
import { titleOf } from '../../layers/titles.js';
import type { Model } from '../../models/model.js';
import { groupModules, groupName, groupSize, isDeep, type ModuleGroup } from '../../models/moduleGroups.js';
import { resolveModel } from '../../models/resolve.js';
import type { ResolvedModel } from '../../models/resolved.js';
import { summarize } from '../../models/summary.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { described, drawingOf, DRAWING_WIDTH, label, rectangle, shorten } from './svg.js';

const ROW = { height: 40, gap: 14, icon: 78 };

const MAX_TITLE_LENGTH = 34;

/** Side lengths of an image icon. */
const ICON = { max: 28, min: 3 };

/** One row of the drawing. */
interface Row {
  readonly title: string;
  /** Below the title, and below the shape. */
  readonly notes: readonly [left: string, right: string];
  readonly shape: Shape;
  readonly hasParameters: boolean;
}

/** Draws the modules of a network from top to bottom, or groups of those of a deep one, with their output shapes and icons to scale. */
export function drawLayers(model: Model): Drawing {
  const rows = [inputRow(model), ...rowsOf(resolveModel(model))];
  const widest = Math.max(
    ...rows.map(({ shape }) => (shape.length === 3 ? Math.max(...shape.slice(0, 2)) : 1)),
  );
  const pitch = ROW.height + ROW.gap;
  const shapes = rows.flatMap((row, index) => {
    const y = index * pitch + 1;
    return [
      index === 0 ? '' : arrow(ROW.icon + (DRAWING_WIDTH - ROW.icon) / 2, y - ROW.gap, ROW.gap),
      drawRow(row, y, widest),
    ];
  });
  return drawingOf(DRAWING_WIDTH, rows.length * pitch - ROW.gap + 2, shapes);
}

function inputRow({ input }: Model): Row {
  return { title: 'Input', notes: ['', 'pixel values from 0 to 1'], shape: input, hasParameters: false };
}

function rowsOf(resolved: ResolvedModel): Row[] {
  if (isDeep(resolved)) {
    return groupModules(resolved).map((group) => ({
      title: group.modules === 1 ? titleOfModule(group.layers[0].layer) : groupName(group),
      notes: [groupSize(group), parametersNote(group)],
      shape: group.output,
      hasParameters: group.parameters > 0,
    }));
  }
  const { rows } = summarize(resolved);
  return resolved.allLayers.map(({ layer, output }, index) => ({
    title: titleOfModule(layer),
    notes: ['', parametersNote(rows[index])],
    shape: output.shape,
    hasParameters: rows[index].parameters > 0,
  }));
}

function parametersNote({ parameters }: Pick<ModuleGroup, 'parameters'>): string {
  return parameters === 0 ? '' : `${formatCount(parameters)} parameters`;
}

function drawRow({ title, notes, shape, hasParameters }: Row, y: number, widest: number): string {
  const size = formatShape(shape);
  return described(
    [title, notes[0], size, notes[1]].filter((part) => part !== '').join(', '),
    ...icon(shape, y, widest),
    rectangle(ROW.icon, y, DRAWING_WIDTH - ROW.icon - 1, ROW.height, {
      rx: 5,
      fill: colorOf('surface'),
      stroke: colorOf(hasParameters ? 'blue' : 'border'),
    }),
    ...twoLines(ROW.icon + 14, y, shorten(title, MAX_TITLE_LENGTH), notes[0], 'start'),
    ...twoLines(DRAWING_WIDTH - 12, y, size, notes[1], 'end'),
  );
}

/** Text in the middle of a row, or above a smaller note. */
function twoLines(x: number, y: number, text: string, note: string, anchor: 'start' | 'end'): string[] {
  return [
    label(x, y + (note === '' ? 25 : 17), text, { anchor, size: 13 }),
    ...(note === '' ? [] : [label(x, y + 33, note, { anchor, size: 11, color: 'muted' })]),
  ];
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
