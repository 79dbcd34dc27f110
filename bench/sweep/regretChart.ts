import type { TopLevelSpec } from 'vega-lite';
import { drawChart } from '#inkling/report/draw/chart.js';
import { standaloneSvg } from '#inkling/report/draw/standalone.js';
import { colorOf } from '#inkling/report/palette.js';
import type { Regret } from './regret.js';

type Panel = Extract<TopLevelSpec, { concat: unknown }>['concat'][number];

const COLUMNS = 2;
const [WIDTH, HEIGHT] = [280, 150];
const PROGRAMS = ['Inkling', 'Optuna'];

/** A panel for each function: the median of the lowest value after each trial, and the range between the quartiles. */
export async function regretChart(
  functions: readonly Regret[],
  scale: 'log' | 'linear' = 'log',
): Promise<string> {
  return standaloneSvg(
    await drawChart({ columns: COLUMNS, spacing: 24, concat: functions.map((each) => panelOf(each, scale)) }),
  );
}

function panelOf({ function: name, inkling, optuna }: Regret, scale: 'log' | 'linear'): Panel {
  const values = [inkling, optuna].flatMap(({ lower, median, upper }, index) =>
    median.map((value, trial) => ({
      trial: trial + 1,
      median: value,
      lower: lower[trial],
      upper: upper[trial],
      program: PROGRAMS[index],
    })),
  );
  return {
    width: WIDTH,
    height: HEIGHT,
    title: name,
    data: { values },
    encoding: {
      x: { field: 'trial', type: 'quantitative', title: 'trials', axis: { grid: false, tickCount: 5 } },
      color: {
        field: 'program',
        type: 'nominal',
        sort: PROGRAMS,
        title: null,
        scale: { range: [colorOf('blue'), colorOf('orange')] },
      },
    },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2, aria: false },
        encoding: {
          y: {
            field: 'lower',
            type: 'quantitative',
            title: 'lowest value',
            scale: { type: scale },
            axis: { grid: false, tickCount: 4, format: '~g' },
          },
          y2: { field: 'upper' },
        },
      },
      { mark: { type: 'line', aria: false }, encoding: { y: { field: 'median', type: 'quantitative' } } },
    ],
  };
}
