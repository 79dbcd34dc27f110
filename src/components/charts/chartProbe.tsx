import { useTexts } from '../texts.js';
import { BOTTOM, type ChartScale, HEIGHT, type Series, TOP, WIDTH } from './chartScale.js';
import { nearestEpoch, nextEpoch, type Reading, readingsAt } from './readings.js';

interface ProbeProps {
  readonly title: string;
  readonly series: readonly Series[];
  readonly format: (value: number) => string;
  readonly scale: ChartScale;
  /** The epoch whose values are shown; undefined for none. */
  readonly selected: number | undefined;
  readonly onSelect: (epoch: number | undefined) => void;
}

/** How many steps the page keys take over the axis. */
const PAGES = 10;

/** Selects the epoch whose values are shown: with the pointer, a finger, or the arrow keys. */
export function ChartProbe({ title, series, format, scale, selected, onSelect }: ProbeProps) {
  const texts = useTexts();
  const { from, to } = scale;
  const current = nearestEpoch(series, selected ?? to);
  const readings = current === undefined ? [] : readingsAt(series, current);
  const values = readings.map(({ series: { title: name }, value }) => `${name} ${format(value)}`);
  const selectAt = (clientX: number, element: HTMLElement) => {
    const { left, width } = element.getBoundingClientRect();
    onSelect(nearestEpoch(series, scale.epochAt(((clientX - left) / width) * WIDTH)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, { series, scale, epoch: selected ?? to });
    if (next === undefined && (event.key !== 'Escape' || selected === undefined)) return;
    event.preventDefault();
    onSelect(next);
  };
  return (
    <>
      <div
        class="probe"
        role="slider"
        tabIndex={0}
        aria-label={texts.valuesByEpoch(title)}
        aria-valuemin={from}
        aria-valuemax={to}
        aria-valuenow={current ?? to}
        aria-valuetext={[texts.epoch(numberOf(current ?? to)), ...values].join('; ')}
        onPointerDown={({ clientX, currentTarget }) => {
          selectAt(clientX, currentTarget);
        }}
        onPointerMove={({ clientX, currentTarget }) => {
          selectAt(clientX, currentTarget);
        }}
        onPointerLeave={({ pointerType }) => {
          // A finger that is lifted leaves what it has selected.
          if (pointerType === 'mouse') onSelect(undefined);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          onSelect(undefined);
        }}
      />
      {selected !== undefined && current !== undefined && (
        <Tooltip epoch={current} readings={readings} format={format} x={scale.x(current)} />
      )}
    </>
  );
}

function Tooltip(props: {
  epoch: number;
  readings: readonly Reading[];
  format: (value: number) => string;
  x: number;
}) {
  const { epoch, readings, format, x } = props;
  const texts = useTexts();
  const side = x < WIDTH / 2 ? { left: percent(x + 8) } : { right: percent(WIDTH - x + 8) };
  return (
    <div class="chart-tooltip" style={side} aria-hidden="true">
      <b>{texts.epoch(numberOf(epoch))}</b>
      {readings.map(({ series: { title, tone }, epoch: own, value }) => (
        <p key={title}>
          <span class={`sample ${tone}`} />
          <span class="name">{own === epoch ? title : `${title} (${texts.epoch(numberOf(own))})`}</span>
          <span class="value">{format(value)}</span>
        </p>
      ))}
    </div>
  );
}

/** Marks the values that are shown. */
export function ProbeMarks(props: { series: readonly Series[]; scale: ChartScale; selected: number }) {
  const { series, scale, selected } = props;
  const x = scale.x(selected);
  return (
    <>
      <line class="probe-line" x1={x} x2={x} y1={TOP} y2={HEIGHT - BOTTOM} />
      {readingsAt(series, selected).map(({ series: { title, tone }, epoch, value }) => (
        <g key={title} class={tone}>
          <circle cx={scale.x(epoch)} cy={scale.y(value)} r="5" />
        </g>
      ))}
    </>
  );
}

/** The epoch that a key leads to; undefined if it leads to none. */
function keyTarget(
  key: string,
  { series, scale: { from, to }, epoch }: { series: readonly Series[]; scale: ChartScale; epoch: number },
): number | undefined {
  const page = (to - from) / PAGES;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return nextEpoch(series, epoch, 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return nextEpoch(series, epoch, -1);
    case 'PageUp':
      return nearestEpoch(series, epoch + page);
    case 'PageDown':
      return nearestEpoch(series, epoch - page);
    case 'Home':
      return nearestEpoch(series, from);
    case 'End':
      return nearestEpoch(series, to);
    default:
      return undefined;
  }
}

function percent(x: number): string {
  return `${(100 * x) / WIDTH}%`;
}

/** `3`, `2.37` */
function numberOf(epoch: number): string {
  return String(Number(epoch.toFixed(2)));
}
