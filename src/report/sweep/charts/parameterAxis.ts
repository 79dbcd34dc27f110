import { formatValue } from '../../../sweep/formatSweep.js';
import { type Distribution, encodeValue, type Range, type Value } from '../../../sweep/space/distribution.js';
import { shorten } from '../../draw/svg.js';
import { linearTicks, logTicks, type Tick } from './ticks.js';

/** Longer names of choices are truncated. */
const MAX_LABEL = 12;

/** What a chart needs to know of a parameter. */
interface PlottedParameter {
  readonly name: string;
  readonly distribution: Distribution;
}

/** How the values of a parameter are placed in charts: logarithmically where the space is logarithmic, choices side by side. */
export interface ParameterAxis {
  readonly name: string;
  /** The number of choices; undefined for a range. */
  readonly choices: number | undefined;
  /** The number that stands for a value. */
  readonly numberOf: (value: Value) => number;
  /** The position of a number along the axis, from 0 to 1. */
  readonly unitOf: (number: number) => number;
  /** The number at a position. */
  readonly numberAt: (unit: number) => number;
  readonly isLogarithmic: boolean;
  readonly domain: readonly [number, number];
  /** Of a choice, the number is its index. */
  readonly ticks: readonly Tick[];
}

export function parameterAxis({ name, distribution }: PlottedParameter): ParameterAxis {
  const isLogarithmic = distribution.kind !== 'choice' && distribution.log;
  const choices = distribution.kind === 'choice' ? distribution.choices.length : undefined;
  const domain: [number, number] =
    distribution.kind === 'choice'
      ? [-0.5, distribution.choices.length - 0.5]
      : [distribution.low, distribution.high];
  const [from, to] = isLogarithmic ? domain.map(Math.log) : domain;
  return {
    name,
    choices,
    isLogarithmic,
    domain,
    numberOf: (value) => encodeValue(distribution, value),
    unitOf: (number) => ((isLogarithmic ? Math.log(number) : number) - from) / (to - from),
    numberAt(unit) {
      const number = from + unit * (to - from);
      return isLogarithmic ? Math.exp(number) : number;
    },
    ticks:
      distribution.kind === 'choice'
        ? distribution.choices.map((choice, number) => ({
            number,
            label: shorten(formatValue(choice), MAX_LABEL),
          }))
        : numberTicks(distribution),
  };
}

function numberTicks({ kind, low, high, log }: Range): Tick[] {
  const numbers = log ? logTicks(low, high) : linearTicks(low, high, kind === 'int');
  return numbers.map((number) => ({ number, label: formatValue(number) }));
}

/** The scale and the axis of a parameter in a chart, whose parameters must include `labelsOf` it. */
export function axisEncoding({ name, isLogarithmic, ticks, choices, ...axis }: ParameterAxis) {
  const domain: number[] = [...axis.domain];
  return {
    type: 'quantitative',
    title: name,
    scale: {
      domain,
      nice: false,
      ...(isLogarithmic ? ({ type: 'log' } as const) : ({ type: 'linear', zero: false } as const)),
    },
    axis: {
      values: ticks.map(({ number }) => number),
      labelExpr: `${labelsName(name)}[${tickIndex(ticks)}]`,
      labelOverlap: choices === undefined ? 'greedy' : false,
      grid: choices === undefined,
      ...(choices !== undefined && choices > 4 && { labelAngle: -40 }),
    },
  } as const;
}

/** Vega passes the value of a tick to the expression of its label. */
function tickIndex(ticks: readonly Tick[]): string {
  return `indexof(${JSON.stringify(ticks.map(({ number }) => number))}, datum.value)`;
}

/** Passes the labels of an axis as data, so that they may contain any characters. */
export function labelsOf({ name, ticks }: ParameterAxis): { name: string; value: string[] } {
  return { name: labelsName(name), value: ticks.map(({ label }) => label) };
}

/** A variable of Vega, whose name cannot contain a dot. */
function labelsName(name: string): string {
  return `${name.replaceAll('.', '_')}Labels`;
}
