import { type ComponentTexts, useTexts } from '../texts.js';
import { axisTicks } from './axisTicks.js';
import type { Tone } from './tones.js';

export interface Series {
  readonly title: string;
  readonly values: readonly number[];
  /** The epoch of each value, which may be a fraction; by default 1, 2, 3, … */
  readonly epochs?: readonly number[];
  readonly tone: Tone;
}

interface LineChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** The last epoch of the axis, for a training in progress; by default that of the last value. */
  readonly lastEpoch?: number;
}

const WIDTH = 420;
const HEIGHT = 220;
const [LEFT, RIGHT, TOP, BOTTOM] = [74, 14, 12, 30];
/** More values are a line without dots. */
const MAX_DOTS = 30;

/** One line per series, by epoch. */
export function LineChart({ title, series, format, lastEpoch = 1 }: LineChartProps) {
  const texts = useTexts();
  const all = series.flatMap(({ values }) => values);
  const positions = series.flatMap(epochsOf);
  const [from, to] = [Math.min(1, ...positions), Math.max(lastEpoch, ...positions)];
  const ticks = axisTicks(Math.min(...all), Math.max(...all));
  const [low, high] = [ticks[0], ticks[ticks.length - 1]];
  const x = (epoch: number) =>
    from === to ? (LEFT + WIDTH - RIGHT) / 2 : LEFT + ((epoch - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);

  return (
    <figure class="chart">
      <figcaption>
        {texts.byEpoch(title)}
        <span class="legend">
          {series.map(({ title: name, tone }) => (
            <span key={name} class={tone}>
              {name}
            </span>
          ))}
        </span>
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={labelOf(title, series, format, texts)}>
        {ticks.map((tick) => (
          <g key={tick}>
            <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
            <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
              {format(tick)}
            </text>
          </g>
        ))}
        {epochTicks(to).map((epoch) => (
          <text key={epoch} x={x(epoch)} y={HEIGHT - 8} text-anchor="middle">
            {epoch}
          </text>
        ))}
        {series.map((each) => {
          const points = epochsOf(each).map((epoch, i) => [x(epoch), y(each.values[i])]);
          return (
            <g key={each.title} class={each.tone}>
              <polyline points={points.join(' ')} />
              {points.length <= MAX_DOTS &&
                points.map(([cx, cy], i) => <circle key={i} cx={cx} cy={cy} r="3" />)}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

function epochsOf({ values, epochs }: Series): readonly number[] {
  return epochs ?? values.map((_, i) => i + 1);
}

function labelOf(
  title: string,
  series: readonly Series[],
  format: (value: number) => string,
  texts: ComponentTexts,
): string {
  const ends = series.map(({ title: name, values }) =>
    values.length === 0 ? name : texts.fromTo(name, format(values[0]), format(values[values.length - 1])),
  );
  return `${texts.byEpoch(title)}: ${ends.join('; ')}`;
}

function epochTicks(last: number): number[] {
  const epochs = Math.max(1, Math.floor(last));
  const step = Math.ceil(epochs / 10);
  return Array.from({ length: Math.ceil(epochs / step) }, (_, i) => 1 + i * step);
}
