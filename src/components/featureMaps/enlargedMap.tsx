import { useCallback } from 'preact/hooks';
import type { Rgb } from '#inkling/core/pixels.js';
import type { FeatureMaps } from '#inkling/predict/featureMaps.js';
import { PixelCanvas, tint } from '../pixelCanvas.js';
import { useTexts } from '../texts.js';
import { describeChannel } from './channelSelector.js';
import { rangeOf } from './gridLayout.js';

/** One channel of a layer, from its least value, which is transparent, to its greatest, with these values. */
export function EnlargedMap(props: { maps: FeatureMaps; channel: number; onClose: () => void }) {
  const { maps, channel, onClose } = props;
  const texts = useTexts();
  const paint = useCallback((color: Rgb) => tint(opacitiesOf(maps, channel), color), [maps, channel]);
  const description = describeChannel(maps, channel, texts);
  return (
    <div class="enlarged-map">
      <PixelCanvas height={maps.height} width={maps.width} paint={paint} label={description} />
      <p>{description}</p>
      <button type="button" onClick={onClose}>
        {texts.close}
      </button>
    </div>
  );
}

/** `[height, width]`, from 0 to 1 */
function opacitiesOf(maps: FeatureMaps, channel: number): Float32Array {
  const { least, greatest } = rangeOf(maps, channel);
  const range = greatest - least || 1;
  return Float32Array.from(
    { length: maps.height * maps.width },
    (_, pixel) => (maps.values[pixel * maps.channels + channel] - least) / range,
  );
}
