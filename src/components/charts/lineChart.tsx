import { useState } from 'preact/hooks';
import { type ComponentTexts, useTexts } from '../texts.js';
import { ChartProbe, ProbeMarks } from './chartProbe.js';
import { chartScale, epochsOf, HEIGHT, LEFT, RIGHT, type Series, WIDTH } from './chartScale.js';

export type { Series } from './chartScale.js';

interface LineChartProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  /** The last epoch of the axis, for a training in progress; by default that of the last value. */
  readonly lastEpoch?: number;
  /** Values that the other axis includes in any case; by default only those of the series. */
  readonly range?: readonly number[];
}

/** More values are a line without dots. */
const MAX_DOTS = 30;

/** One line per series, by epoch. The values of an epoch can be shown. */
export function LineChart({ title, series, format, lastEpoch = 1, range }: LineChartProps) {
  const texts = useTexts();
  const [selected, setSelected] = useState<number>();
  const scale = chartScale(series, lastEpoch, range);
  const { x, y } = scale;
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
      <div class="plot">
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={labelOf(title, series, format, texts)}>
          {scale.ticks.map((tick) => (
            <g key={tick}>
              <line class="grid" x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} />
              <text x={LEFT - 8} y={y(tick) + 4} text-anchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          {epochTicks(scale.to).map((epoch) => (
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
          {selected !== undefined && <ProbeMarks series={series} scale={scale} selected={selected} />}
        </svg>
        <ChartProbe {...{ title, series, format, scale, selected }} onSelect={setSelected} />
      </div>
    </figure>
  );
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
