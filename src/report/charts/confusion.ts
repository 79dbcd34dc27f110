import type { TopLevelSpec } from 'vega-lite';
import { formatPercent, formatPlural } from '../../core/format.js';
import { colorOf } from '../palette.js';
import { classAxis, verticalClassAxis, classNames, MAX_CLASSES_WITH_CELL_TEXT } from './axes.js';
import { confusionCells } from './confusionCells.js';

/** The maximum width and height of the matrix, and of a cell, which would otherwise fill half a page with three classes. */
const MAX_SIDE = 400;
const MAX_CELL = 70;
/** The opacity of the cells with the highest intensity. */
const MAX_OPACITY = 0.95;

/** With more, cells are too small for borders, and those without images are left out, whose number grows with the square. */
const MAX_CLASSES_WITH_GRID = 50;

/** What the cells of a confusion matrix show and link to. */
export interface ConfusionOptions {
  readonly content: 'counts' | 'percentages';
  /** The link target of a cell, if it has one. */
  readonly addressOf: (label: number, predicted: number) => string | undefined;
}

/**
 * A confusion matrix as colored cells: correct predictions in blue and errors in orange, with an intensity that shows how
 * frequent a cell is among those of the same color.
 *
 * @param confusion `[true class][predicted class]`
 */
export function confusionChart(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  { content, addressOf }: ConfusionOptions,
): TopLevelSpec {
  const hasGrid = classes.length <= MAX_CLASSES_WITH_GRID;
  const side = Math.min(MAX_SIDE, MAX_CELL * classes.length);
  const cells = confusionCells(confusion)
    .flat()
    .filter(({ count }) => hasGrid || count > 0)
    .map(({ label, predicted, count, fraction, isCorrect, intensity }) => ({
      label,
      predicted,
      opacity: MAX_OPACITY * intensity,
      fill: colorOf(isCorrect ? 'blue' : 'orange'),
      textColor: colorOf(MAX_OPACITY * intensity <= 0.6 ? 'text' : isCorrect ? 'background' : 'textOnOrange'),
      text: count === 0 ? '' : content === 'counts' ? String(count) : (100 * fraction).toFixed(1),
      description: `${classes[label]} predicted as ${classes[predicted]}: ${formatPlural(count, 'image')}, ${formatPercent(fraction)} of class ${classes[label]}`,
      address: addressOf(label, predicted),
    }));
  const scale = { domain: [...classes.keys()] };
  const x = {
    field: 'predicted',
    type: 'ordinal',
    title: 'predicted class',
    scale,
    axis: { ...classAxis(classes), domain: false },
  } as const;
  const y = {
    field: 'label',
    type: 'ordinal',
    title: 'true class',
    scale,
    axis: { ...verticalClassAxis(classes), domain: false },
  } as const;
  const cell = {
    color: { field: 'fill', type: 'nominal', scale: null },
    fillOpacity: { field: 'opacity', type: 'quantitative', scale: null },
    description: { field: 'description', type: 'nominal' },
  } as const;
  const mark = { type: 'rect', ...(hasGrid && { stroke: colorOf('border'), strokeWidth: 0.5 }) } as const;
  return {
    params: classNames(classes),
    width: side,
    height: side,
    data: { values: cells },
    encoding: { x, y },
    layer: [
      { transform: [{ filter: '!datum.address' }], mark, encoding: cell },
      {
        transform: [{ filter: 'datum.address' }],
        mark,
        encoding: { ...cell, href: { field: 'address', type: 'nominal' } },
      },
      ...(classes.length > MAX_CLASSES_WITH_CELL_TEXT
        ? []
        : [
            {
              mark: { type: 'text', fontSize: 11 },
              encoding: {
                text: { field: 'text', type: 'nominal' },
                color: { field: 'textColor', type: 'nominal', scale: null },
              },
            } as const,
          ]),
    ],
  };
}
