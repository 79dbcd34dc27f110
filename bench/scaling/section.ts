import { count, duration } from '../formats.js';
import { markdownTable } from '../markdown.js';
import type { ResultsFile } from '../performance.js';
import { type ScalingDefinition, scalingDefinitions, type Series, seriesOf } from './series.js';

/** The file of the chart, next to the document. */
export const SCALING_CHART = 'scaling.svg';
/** A smaller difference of exponents is not explained. */
const TOLERANCE = 0.03;

/** Why the cost grows more or less than in proportion to the work; `multiplyAdds` is their exponent. */
type Reasons = Readonly<Record<'more' | 'less', (multiplyAdds: string) => string>>;

const NOISE = () =>
  'gathering a batch, less than 1 % of a step, is all that depends on the data set; the rest of the difference is noise';

const REASONS: Readonly<Record<ScalingDefinition['by'], Reasons>> = {
  images: { more: NOISE, less: NOISE },
  batch: {
    more: () => 'the activations of larger batches do not fit in the caches',
    less: () => 'the update of the weights and the barriers between stages take the same time for any batch',
  },
  width: {
    more: (multiplyAdds) =>
      `multiply-adds of the second convolution grow with the square of the width, but parameters of the linear layer in proportion to it: multiply-adds have the exponent ${multiplyAdds}; normalization and pooling grow in proportion to the width, and Winograd's algorithm saves more the more channels there are`,
    less: (multiplyAdds) =>
      `multiply-adds have the exponent ${multiplyAdds}, but normalization and pooling grow only in proportion to the width`,
  },
  side: {
    more: () => 'the activations of larger images do not fit in the caches',
    less: (multiplyAdds) =>
      `padding makes each output of a convolution two pixels larger than its input, which matters more for small images: multiply-adds have the exponent ${multiplyAdds}; and the update of the weights of the convolutions does not depend on the image`,
  },
  threads: {
    more: () =>
      'threads wait for the slowest of them at barriers and share the last-level cache and the memory',
    less: () => 'each of several threads has a smaller part of the data, which fits in its caches',
  },
};

/**
 * The section of docs/performance.md about how the cost of training grows, in Markdown; empty if it was not measured.
 *
 * @param all all results, newest first: the newest that measured it are used
 */
export function scalingSection(all: readonly ResultsFile[]): string {
  const measured = measuredScaling(all);
  if (measured === undefined) return '';
  const { file, results } = measured;
  const series = seriesOf(results.rows);
  return [
    '## Scaling',
    "Cost of training the report's CNN, where one quantity changes and the others are those of the report (batches of 64), and the exponent of " +
      'a power law, fitted by least squares to the logarithms of quantity and cost:',
    markdownTable(['', 'cost', 'measured', 'exponent', 'if proportional'], series.map(rowOf)),
    `![Cost against each quantity, with logarithmic axes](${SCALING_CHART})`,
    series.map((each) => `- ${sentenceOf(each)}`).join('\n'),
    `Measured on ${results.machine.cpu} (${results.machine.cores} cores), Node ${results.versions.node}: [results](../${file}).`,
  ].join('\n\n');
}

/** The newest results that measured it, if any did. */
export function measuredScaling(all: readonly ResultsFile[]): ResultsFile | undefined {
  return all.find(({ results }) => seriesOf(results.rows).length > 0);
}

function definitionOf({ by }: Series): ScalingDefinition {
  return scalingDefinitions.filter((definition) => definition.by === by)[0];
}

function rowOf(series: Series): string[] {
  const { quantity, costPer, linear } = definitionOf(series);
  const points = series.points.map(({ x, cost }) => `${count(x)}: ${duration(cost)}`);
  return [quantity, `per ${costPer}`, points.join(', '), exponent(series.fit.exponent), exponent(linear)];
}

function sentenceOf(series: Series): string {
  const { quantity, linear } = definitionOf(series);
  const difference = series.fit.exponent - linear;
  const [first, ...rest] = quantity;
  const start = `${first.toUpperCase()}${rest.join('')}: exponent ${exponent(series.fit.exponent)}`;
  if (Math.abs(difference) <= TOLERANCE) return `${start}, so that the cost is proportional.`;
  const reason = REASONS[series.by][difference > 0 ? 'more' : 'less'];
  return `${start} instead of ${exponent(linear)}, because ${reason(exponent(series.multiplyAdds ?? linear))}.`;
}

/** `1.32`, `−0.89` */
function exponent(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
