import type { TopLevelSpec } from 'vega-lite';
import { formatPercent, formatPlural } from '../../core/format.js';
import { colorOf } from '../palette.js';
import { classAxis, classAxisBeside, classNames, MOST_CLASSES_WITH_NUMBERS } from './axes.js';
import { confusionCells } from './confusionCells.js';

const SIDE = 400;
/** Opacity of a cell's colour at most. */
const STRONGEST = 0.95;

/** What a cell of the matrix says, and which pictures are behind it. */
export interface ConfusionOptions {
  readonly content: 'counts' | 'shares';
  /** The address of a cell's pictures, where there are some. */
  readonly addressOf: (label: number, predicted: number) => string | undefined;
}

/**
 * A confusion matrix as coloured cells: right answers in one colour, mistakes in another, each as strong as it is frequent
 * among its own.
 *
 * @param confusion `[true class][predicted class]`
 */
export function confusionChart(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
  { content, addressOf }: ConfusionOptions,
): TopLevelSpec {
  const cells = confusionCells(confusion)
    .flat()
    .map(({ label, predicted, count, share, isRight, strength }) => ({
      label,
      predicted,
      strength: STRONGEST * strength,
      fill: colorOf(isRight ? 'first' : 'second'),
      ink: colorOf(STRONGEST * strength <= 0.6 ? 'ink' : isRight ? 'paper' : 'onsecond'),
      text: count === 0 ? '' : content === 'counts' ? String(count) : (100 * share).toFixed(1),
      description: `${classes[label]} taken for ${classes[predicted]}: ${formatPlural(count, 'image')}, ${formatPercent(share)} of class ${classes[label]}`,
      address: addressOf(label, predicted),
    }));
  const x = {
    field: 'predicted',
    type: 'ordinal',
    title: 'predicted class',
    axis: { ...classAxis(classes), domain: false },
  } as const;
  const y = {
    field: 'label',
    type: 'ordinal',
    title: 'true class',
    axis: { ...classAxisBeside(classes), domain: false },
  } as const;
  const cell = {
    color: { field: 'fill', type: 'nominal', scale: null },
    fillOpacity: { field: 'strength', type: 'quantitative', scale: null },
    description: { field: 'description', type: 'nominal' },
  } as const;
  const mark = { type: 'rect', stroke: colorOf('line'), strokeWidth: 0.5 } as const;
  return {
    params: classNames(classes),
    width: SIDE,
    height: SIDE,
    data: { values: cells },
    encoding: { x, y },
    layer: [
      { transform: [{ filter: '!datum.address' }], mark, encoding: cell },
      {
        transform: [{ filter: 'datum.address' }],
        mark,
        encoding: { ...cell, href: { field: 'address', type: 'nominal' } },
      },
      ...(classes.length > MOST_CLASSES_WITH_NUMBERS
        ? []
        : [
            {
              mark: { type: 'text', fontSize: 11 },
              encoding: {
                text: { field: 'text', type: 'nominal' },
                color: { field: 'ink', type: 'nominal', scale: null },
              },
            } as const,
          ]),
    ],
  };
}
