import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { formatTick } from '../format.js';
import { type ComponentTexts, useTexts } from '../texts.js';
import { type GridLayout, rangeOf } from './gridLayout.js';

interface SelectorProps {
  readonly maps: FeatureMaps;
  readonly layout: GridLayout;
  readonly selected: number | undefined;
  readonly onSelect: (channel: number | undefined) => void;
}

/** Selects the channel to enlarge: with the pointer, a finger, or the arrow keys. */
export function ChannelSelector({ maps, layout, selected, onSelect }: SelectorProps) {
  const texts = useTexts();
  const { channels } = maps;
  const onKeyDown = (event: KeyboardEvent) => {
    const next = keyTarget(event.key, selected, { channels, columns: layout.columns });
    if (next === undefined && (event.key !== 'Escape' || selected === undefined)) return;
    event.preventDefault();
    onSelect(next);
  };
  return (
    <div
      class="selector"
      role="slider"
      tabIndex={0}
      title={texts.selectChannel}
      aria-label={texts.channelOf(maps.layer)}
      aria-valuemin={1}
      aria-valuemax={channels}
      aria-valuenow={(selected ?? 0) + 1}
      aria-valuetext={selected === undefined ? texts.selectChannel : describeChannel(maps, selected, texts)}
      onClick={({ clientX, clientY, currentTarget }) => {
        const { left, top, width, height } = currentTarget.getBoundingClientRect();
        const [x, y] = [(clientX - left) / width, (clientY - top) / height];
        const channel = layout.channelAt(x * layout.width, y * layout.height);
        onSelect(channel === selected ? undefined : channel);
      }}
      onKeyDown={onKeyDown}
    >
      {selected !== undefined && <span class="selected-channel" style={frameOf(maps, layout, selected)} />}
    </div>
  );
}

/** `Channel 3 of 32: values from 0.00 to 2.1731` */
export function describeChannel(maps: FeatureMaps, channel: number, texts: ComponentTexts): string {
  const { least, greatest } = rangeOf(maps, channel);
  return texts.channelValues(channel + 1, maps.channels, formatTick(least), formatTick(greatest));
}

/** The frame around a channel. */
function frameOf({ width, height }: FeatureMaps, layout: GridLayout, channel: number) {
  const { left, top } = layout.positionOf(channel);
  const percent = (part: number, whole: number) => `${(100 * part) / whole}%`;
  return {
    left: percent(left, layout.width),
    top: percent(top, layout.height),
    width: percent(width, layout.width),
    height: percent(height, layout.height),
  };
}

/** The channel that a key leads to; undefined if it leads to none. */
function keyTarget(
  key: string,
  selected: number | undefined,
  { channels, columns }: { channels: number; columns: number },
): number | undefined {
  const steps: ReadonlyMap<string, number> = new Map([
    ['ArrowRight', 1],
    ['ArrowLeft', -1],
    ['ArrowDown', columns],
    ['ArrowUp', -columns],
    ['Home', -Infinity],
    ['End', Infinity],
  ]);
  const step = steps.get(key);
  if (step === undefined) return undefined;
  // The first key press selects the first channel, or the last one.
  const next = selected === undefined ? (key === 'End' ? channels - 1 : 0) : selected + step;
  return Math.min(channels - 1, Math.max(0, next));
}
