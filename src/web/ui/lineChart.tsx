import type { Curve } from '#inkling/report/charts/curves.js';
import { axisTicks } from './axisTicks.js';

export interface Series extends Curve {
  /** `main` is the accent color, `other` contrasts with it, and `faint` is gray. */
  readonly tone: 'main' | 'other' | 'faint';
}

interface LineChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
}

const WIDTH = 420;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [74, 14, 12, 30];

/** One line per series, with one value per epoch. */
export function LineChart({ title, series, format }: LineChartProps) {
  const all = series.flatMap(({ values }) => values);
  const epochs = Math.max(1, ...series.map(({ values }) => values.length));
  const ticks = axisTicks(Math.min(...all), Math.max(...all));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (epoch: number) =>
    epochs === 1 ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + ((epoch - 1) / (epochs - 1)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);

  return (
    <figure class="chart">
      <figcaption>
        {title} by epoch
        <span class="legend">
          {series.map(({ title: name, tone }) => (
            <span key={name} class={tone}>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={labelOf(title, series, format)}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {epochTicks(epochs).map((epoch) => (
          <text key={epoch} x={x(epoch)} y={HEIGHT - 8} text-anchor="middle">
            {epoch}
          </text>
        ))}
        {series.map(({ title: name, values, tone }) => (
          <g key={name} class={tone}>
            <polyline points={values.map((value, i) => `${x(i + 1)},${y(value)}`).join(' ')} />
            {epochs <= 30 && values.map((value, i) => <circle key={i} cx={x(i + 1)} cy={y(value)} r="3" />)}
          </g>
        ))}
      </svg>
    </figure>
  );
}

function labelOf(title: string, series: readonly Series[], format: (value: number) => string): string {
  const ends = series.map(({ title: name, values }) => {
    return values.length === 0
      ? name
      : `${name} from ${format(values[0])} to ${format(values[values.length - 1])}`;
  });
  return `${title} by epoch: ${ends.join('; ')}`;
}

function epochTicks(epochs: number): number[] {
  const step = Math.ceil(epochs / 10);
  return Array.from({ length: Math.ceil(epochs / step) }, (_, i) => 1 + i * step);
}
