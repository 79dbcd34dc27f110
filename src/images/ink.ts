import { InklingError } from '../core/errors.js';
import { backgroundOf } from './background.js';
import { type Component, componentsOf } from './components.js';
import type { Plane } from './picture.js';

/** Ink that takes less of the light than this, or stands out from the paper's grain by less, is none. */
const LEAST_CONTRAST = 0.08;
const GRAIN_DEVIATIONS = 4;
/** What differs from the paper over more of the picture than this is no ink. */
const MOST_COVER = 0.7;
/** Specks with less than this share of the largest component's pixels are dirt. */
const SPECK = 0.02;
/** Contrast is relative to the paper's brightness, but paper is never taken for darker than this. */
const LEAST_LIGHT = 0.25;

/** What was written on a picture. */
export interface Ink {
  /** How much ink is in each place, from 0 to 1. */
  readonly plane: Plane;
  /** Its pieces, dirt left out. */
  readonly components: readonly Component[];
}

/**
 * Finds what was written, dark on light or light on dark, on paper that may be grey, grainy and unevenly lit.
 *
 * @throws {InklingError} when nothing stands out from the paper, or most of the picture does
 */
export function findInk(brightness: Plane): Ink {
  const { width, height } = brightness;
  const { contrasts, grain } = contrastsOf(brightness);
  const threshold = Math.max(otsuThreshold(contrasts), grain);
  const full = median(contrasts.filter((contrast) => contrast > threshold));
  if (!(full > Math.max(LEAST_CONTRAST, 1.5 * grain))) {
    throw new InklingError('no ink found; expected a dark drawing on light paper, or a light one on dark');
  }
  const edge = Math.max(grain, full / 2);
  const isMarked = new Uint8Array(contrasts.length);
  for (let at = 0; at < contrasts.length; at++) isMarked[at] = Number(contrasts[at] > edge);
  const components = withoutSpecks(componentsOf(isMarked, width));
  const marked = components.reduce((sum, { places }) => sum + places.length, 0);
  if (marked > MOST_COVER * contrasts.length) {
    throw new InklingError('no paper found around the ink; expected a drawing with a margin');
  }
  const values = contrasts.map((contrast) => Math.min(1, Math.max(0, (contrast - grain) / (full - grain))));
  return { plane: { width, height, values }, components };
}

/** How far each pixel stands out from the paper, from 0 to 1, and how far mere grain does. */
function contrastsOf(brightness: Plane): { contrasts: Float32Array; grain: number } {
  const { plane: paper, noise } = backgroundOf(brightness);
  const { values } = brightness;
  const dark = values.map(
    (value, at) => (paper.values[at] - value) / Math.max(LEAST_LIGHT, paper.values[at]),
  );
  const light = values.map(
    (value, at) => (value - paper.values[at]) / Math.max(LEAST_LIGHT, 1 - paper.values[at]),
  );
  const isDark = weightOf(dark) >= weightOf(light);
  const mean = paper.values.reduce((sum, value) => sum + value, 0) / values.length;
  const range = Math.max(LEAST_LIGHT, isDark ? mean : 1 - mean);
  return {
    contrasts: (isDark ? dark : light).map((contrast) => Math.min(1, Math.max(0, contrast))),
    grain: (GRAIN_DEVIATIONS * noise) / range,
  };
}

/** Few pixels that differ much weigh more than many that differ little. */
function weightOf(contrasts: Float32Array): number {
  let weight = 0;
  for (const contrast of contrasts) weight += Math.max(0, contrast * contrast * contrast);
  return weight;
}

/** The threshold between two groups of numbers from 0 to 1 that differ most; Otsu, IEEE Trans. SMC 9 (1979). */
function otsuThreshold(values: Float32Array): number {
  const bins = 256;
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]++;
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let best = { spread: 0, threshold: 0 };
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < bins - 1; bin++) {
    below += counts[bin];
    sumBelow += counts[bin] * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const spread = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (spread > best.spread) best = { spread, threshold: (bin + 1) / bins };
  }
  return best.threshold;
}

function withoutSpecks(components: readonly Component[]): Component[] {
  const largest = Math.max(...components.map(({ places }) => places.length));
  return components.filter(({ places }) => places.length >= SPECK * largest);
}

function median(values: Float32Array): number {
  return values.sort()[values.length >> 1];
}
