import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Reader } from '../reader.js';
import { ink, Pixels, type Rgb } from '../ui/pixels.js';
import type { Look } from './look.js';
import { saliencyOf } from './saliency.js';

/** What reaches the network of a drawing, and which of its ink mattered. */
export function Seen(props: { reader: Reader; look: Look | undefined; isSettled: boolean }) {
  const { reader, look, isSettled } = props;
  const [side] = reader.classifier.saved.model.input;
  const pixels = look?.pixels;
  const paintInk = useCallback(
    (colour: Rgb) => ink(pixels ?? new Float32Array(side * side), colour),
    [pixels, side],
  );

  const [saliency, setSaliency] = useState<Float32Array>();
  useEffect(() => {
    setSaliency(look && isSettled ? saliencyOf(reader, look.pixels, look.ranking[0]) : undefined);
  }, [reader, look, isSettled]);
  const paintEvidence = useCallback(
    (support: Rgb, against: Rgb) =>
      evidence(pixels ?? new Float32Array(side * side), saliency, support, against),
    [pixels, saliency, side],
  );

  const answer = look ? reader.classes[look.ranking[0]] : undefined;
  return (
    <section class="card seen" aria-label="What the network sees">
      <figure>
        <Pixels
          height={side}
          width={side}
          paint={paintInk}
          label={`What the network sees, ${side} × ${side} pixels`}
        />
        <figcaption>
          What it sees: {side} × {side}
        </figcaption>
      </figure>
      <figure>
        <Pixels
          class="evidence"
          height={side}
          width={side}
          paint={paintEvidence}
          label="Which ink mattered"
        />
        <figcaption>
          Which ink speaks <b class="for">for</b> or <b class="against">against</b> {answer ?? 'the answer'}
        </figcaption>
      </figure>
    </section>
  );
}

/** Ink whose colour says whether it speaks for the answer; what says little stays grey. */
function evidence(
  pixels: Float32Array,
  saliency: Float32Array | undefined,
  support: Rgb,
  against: Rgb,
): Uint8ClampedArray<ArrayBuffer> {
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  for (let at = 0; at < pixels.length; at++) {
    const value = saliency?.[at] ?? 0;
    const colour = value >= 0 ? support : against;
    const share = Math.min(1, Math.abs(value) * 1.5);
    rgba.set(
      colour.map((part) => 128 + (part - 128) * share),
      at * 4,
    );
    rgba[at * 4 + 3] = 255 * pixels[at] * (0.35 + 0.65 * share);
  }
  return rgba;
}
