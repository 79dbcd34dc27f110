import { metricScale } from '#inkling/report/sweep/charts/metricScale.js';
import type { Sweep, SweepTrial } from '#inkling/server/apiSchemas.js';
import { formatMetric, metricName } from '#inkling/sweep/formatSweep.js';
import { costOf } from '#inkling/sweep/trial.js';

const WIDTH = 420;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [54, 14, 12, 30];

/** The result of each trial, with the best one so far as a line. */
export function HistoryChart({ sweep }: { sweep: Sweep }) {
  const { trials, direction } = sweep;
  const shown = trials.filter((trial): trial is SweepTrial & { value: number } => trial.value !== undefined);
  const { ticks, unitOf, numberOf } = metricScale(
    shown.map(({ value }) => value),
    direction,
  );
  const last = Math.max(1, trials.length - 1);
  const x = (number: number) => LEFT + (number / last) * (WIDTH - LEFT - RIGHT);
  const at = (number: number) => HEIGHT - BOTTOM - unitOf(number) * (HEIGHT - TOP - BOTTOM);
  const y = (value: number) => at(numberOf(value));
  return (
    <figure class="chart">
      <figcaption>
        History
        <Legend />
      </figcaption>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={`${metricName(direction)} of ${shown.length} trials, at best ${formatMetric(sweep.validation, direction)}`}
      >
        {ticks.map(({ number, label }) => (
          <g key={label}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={at(number)} y2={at(number)} />
            <text x={LEFT - 8} y={at(number) + 4} text-anchor="end">
              {label}
            </text>
          </g>
        ))}
        {[0, last].map((number) => (
          <text key={number} x={x(number)} y={HEIGHT - 8} text-anchor="middle">
            {number}
          </text>
        ))}
        <g class="other">
          <polyline points={bestSoFar(shown, sweep, last, x, y)} />
        </g>
        {shown.map(({ number, value, state }) => (
          <g key={number} class={toneOf(state)}>
            <circle cx={x(number)} cy={y(value)} r={number === sweep.best ? 5 : 3} />
          </g>
        ))}
      </svg>
    </figure>
  );
}

function Legend() {
  return (
    <span class="legend">
      <span class="main">complete</span>
      <span class="faint">pruned or running</span>
      <span class="other">best so far</span>
    </span>
  );
}

/** The class of marks of a trial. */
export function toneOf(state: SweepTrial['state']): 'main' | 'faint' {
  return state === 'complete' ? 'main' : 'faint';
}

function bestSoFar(
  trials: readonly (SweepTrial & { value: number })[],
  { direction }: Sweep,
  last: number,
  x: (number: number) => number,
  y: (value: number) => number,
): string {
  const points: string[] = [];
  let best: number | undefined;
  for (const { number, value, state } of trials) {
    if (state !== 'complete') continue;
    if (best !== undefined && costOf(value, direction) >= costOf(best, direction)) continue;
    if (best !== undefined) points.push(`${x(number)},${y(best)}`);
    points.push(`${x(number)},${y(value)}`);
    best = value;
  }
  return [...points, ...(best === undefined ? [] : [`${x(last)},${y(best)}`])].join(' ');
}
