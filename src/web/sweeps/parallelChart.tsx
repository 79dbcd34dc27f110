import { metricScale } from '#inkling/report/sweep/charts/metricScale.js';
import { parameterAxis } from '#inkling/report/sweep/charts/parameterAxis.js';
import type { Sweep, SweepTrial } from '#inkling/server/apiSchemas.js';
import { toneOf } from './historyChart.js';

const STEP = 84;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [84, 40, 24, 24];
/** Where the line of a trial crosses the axis of a setting that has no effect in it. */
const NOT_SET = -0.12;

type Finished = SweepTrial & { value: number };

interface Axis {
  readonly title: string;
  readonly ticks: readonly { unit: number; label: string }[];
  readonly unitOf: (trial: Finished) => number;
}

/** A line for each trial, which crosses the axis of each setting at its value, and the last one at its result. */
export function ParallelChart({ sweep }: { sweep: Sweep }) {
  const shown = sweep.trials.filter((trial): trial is Finished => trial.value !== undefined);
  const axes = axesOf(sweep, shown);
  const width = LEFT + RIGHT + STEP * (axes.length - 1);
  const y = (unit: number) => HEIGHT - BOTTOM - ((unit - NOT_SET) / (1 - NOT_SET)) * (HEIGHT - TOP - BOTTOM);
  return (
    <figure class="chart parallel">
      <figcaption>Settings</figcaption>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Chart of the settings of all trials">
        <svg
          viewBox={`0 0 ${width} ${HEIGHT}`}
          style={{ minWidth: `${width}px` }}
          role="img"
          aria-label={`Parallel coordinates of ${shown.length} trials: ${axes.map(({ title }) => title).join(', ')}`}
        >
          {shown
            .toSorted((a, b) => rankOf(a, sweep) - rankOf(b, sweep))
            .map((trial) => (
              <g key={trial.number} class={trial.number === sweep.best ? 'other' : toneOf(trial.state)}>
                <polyline
                  class={trial.number === sweep.best ? '' : 'thin'}
                  points={axes
                    .map(({ unitOf }, index) => `${LEFT + index * STEP},${y(unitOf(trial))}`)
                    .join(' ')}
                />
              </g>
            ))}
          {axes.map(({ title, ticks }, index) => (
            <g key={title}>
              <line class="grid" x1={LEFT + index * STEP} x2={LEFT + index * STEP} y1={y(0)} y2={y(1)} />
              <text x={LEFT + index * STEP} y={HEIGHT - 6} text-anchor="middle">
                {title}
              </text>
              {ticks.map(({ unit, label }) => (
                <text
                  key={label}
                  class="outlined"
                  x={LEFT + index * STEP - 5}
                  y={y(unit) + 4}
                  text-anchor="end"
                >
                  {label}
                </text>
              ))}
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
}

/** The best trial is drawn last. */
function rankOf({ number, state }: SweepTrial, { best }: Sweep): number {
  if (number === best) return 2;
  return state === 'complete' ? 1 : 0;
}

function axesOf({ parameters, direction }: Sweep, shown: readonly Finished[]): Axis[] {
  const metric = metricScale(
    shown.map(({ value }) => value),
    direction,
  );
  const settings = parameters.map(({ name, distribution }): Axis => {
    const { ticks, unitOf, numberOf } = parameterAxis({
      name,
      distribution:
        distribution.kind === 'choice' ? distribution : { ...distribution, step: distribution.step },
    });
    return {
      title: name,
      ticks: ticks.map(({ number, label }) => ({ unit: unitOf(number), label })),
      unitOf: ({ params }) => (name in params ? unitOf(numberOf(params[name])) : NOT_SET),
    };
  });
  return [
    ...settings,
    {
      title: metric.shortTitle,
      ticks: metric.ticks.map(({ number, label }) => ({ unit: metric.unitOf(number), label })),
      unitOf: ({ value }) => metric.unitOf(metric.numberOf(value)),
    },
  ];
}
