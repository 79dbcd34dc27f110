import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { toBytes } from '#inkling/core/pixels.js';
import type { PageModel } from '../pageModel.js';
import { PixelCanvas, type Rgb } from '../ui/pixelCanvas.js';
import { Thumbnail } from '../ui/thumbnail.js';
import { colorBySaliency } from './saliencyColors.js';
import type { DrawingPrediction } from './predictDrawing.js';
import { saliencyOf } from './saliency.js';

/** What reaches the network of a drawing or a picture, and which part of it mattered. */
export function ModelInputPanel(props: {
  reader: PageModel;
  look: DrawingPrediction | undefined;
  isSettled: boolean;
}) {
  const { reader, look, isSettled } = props;
  const [height, width, channels] = reader.shape;
  const size = `${height} × ${width}`;
  const pixels = useMemo(() => {
    // What is not there yet is without ink.
    if (!look) return new Float32Array(height * width);
    return reader.inputKind === 'image' && channels === 1 ? inColour(look.pixels) : look.pixels;
  }, [reader, look, height, width, channels]);
  const bytes = useMemo(() => toBytes(pixels), [pixels]);

  const [saliency, setSaliency] = useState<Float32Array>();
  useEffect(() => {
    setSaliency(look && isSettled ? saliencyOf(reader, look.pixels, look.ranking[0]) : undefined);
  }, [reader, look, isSettled]);
  const paintEvidence = useCallback(
    (support: Rgb, against: Rgb) =>
      colorBySaliency(pixels, saliency ?? new Float32Array(height * width), [support, against]),
    [pixels, saliency, height, width],
  );

  const part = reader.inputKind === 'digit' ? 'ink' : 'part';
  const answer = look ? reader.classes[look.ranking[0]] : undefined;
  return (
    <section class="card seen" aria-label="What the network sees">
      <figure>
        <Thumbnail
          shape={[height, width, bytes.length / (height * width)]}
          pixels={bytes}
          label={`What the network sees, ${size} pixels`}
        />
        <figcaption>What it sees: {size}</figcaption>
      </figure>
      <figure>
        <PixelCanvas
          class="evidence"
          height={height}
          width={width}
          paint={paintEvidence}
          label={`Which ${part} mattered`}
        />
        <figcaption>
          Which {part} speaks <b class="for">for</b> or <b class="against">against</b>{' '}
          {answer ?? 'the answer'}
        </figcaption>
      </figure>
    </section>
  );
}

/** A grey picture as one of red, green and blue, since one channel is taken for ink. */
function inColour(grey: Float32Array): Float32Array {
  return Float32Array.from({ length: 3 * grey.length }, (_, at) => grey[Math.floor(at / 3)]);
}
