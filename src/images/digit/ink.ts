import { InklingError } from '../../core/errors.js';
import { estimateBackground } from './background.js';
import { type Component, connectedComponents } from './components.js';
import type { Plane } from '../decodedImage.js';

/** Ink must differ from the paper by at least this contrast, and by this many standard deviations of the paper's noise. */
const MIN_CONTRAST = 0.08;
const NOISE_DEVIATIONS = 4;
/** Ink covers at most this share of the image. */
const MAX_COVERAGE = 0.7;
/** Components with less than this share of the largest component's pixels are dirt. */
const MIN_COMPONENT_SHARE = 0.02;
/** Contrast is relative to the paper's brightness, which is assumed to be at least this. */
const MIN_BRIGHTNESS = 0.25;

/** The drawing on an image. */
export interface Ink {
  /** The amount of ink in each pixel, from 0 to 1. */
  readonly plane: Plane;
  /** Its connected components, without dirt. */
  readonly components: readonly Component[];
}

/**
 * Separates a drawing, dark on light or light on dark, from paper that may be gray, noisy and unevenly lit.
 *
 * @throws {InklingError} when nothing stands out from the paper, or most of the image does
 */
export function findInk(brightness: Plane): Ink {
  const { width, height } = brightness;
  const { contrasts, noise } = contrastsOf(brightness);
  const threshold = Math.max(otsuThreshold(contrasts), noise);
  const full = median(contrasts.filter((contrast) => contrast > threshold));
  if (!(full > Math.max(MIN_CONTRAST, 1.5 * noise))) {
    throw new InklingError('no ink found; expected a dark drawing on light paper, or a light one on dark');
  }
  const edge = Math.max(noise, full / 2);
  const mask = Uint8Array.from(contrasts, (contrast) => Number(contrast > edge));
  const components = withoutDirt(connectedComponents(mask, width));
  const inkPixels = components.reduce((sum, { pixels }) => sum + pixels.length, 0);
  if (inkPixels > MAX_COVERAGE * contrasts.length) {
    throw new InklingError('no paper found around the ink; expected a drawing with a margin');
  }
  const values = contrasts.map((contrast) => Math.min(1, Math.max(0, (contrast - noise) / (full - noise))));
  return { plane: { width, height, values }, components };
}

/** The contrast of each pixel with the paper, from 0 to 1, and the contrast that noise alone can reach. */
function contrastsOf(brightness: Plane): { contrasts: Float32Array; noise: number } {
  const { plane: paper, noise: deviation } = estimateBackground(brightness);
  const { values } = brightness;
  const dark = values.map(
    (value, pixel) => (paper.values[pixel] - value) / Math.max(MIN_BRIGHTNESS, paper.values[pixel]),
  );
  const light = values.map(
    (value, pixel) => (value - paper.values[pixel]) / Math.max(MIN_BRIGHTNESS, 1 - paper.values[pixel]),
  );
  const isDark = weightOf(dark) >= weightOf(light);
  const mean = paper.values.reduce((sum, value) => sum + value, 0) / values.length;
  const range = Math.max(MIN_BRIGHTNESS, isDark ? mean : 1 - mean);
  return {
    contrasts: (isDark ? dark : light).map((contrast) => Math.min(1, Math.max(0, contrast))),
    noise: (NOISE_DEVIATIONS * deviation) / range,
  };
}

/** Weighs a few pixels with high contrast more than many with low contrast. */
function weightOf(contrasts: Float32Array): number {
  let weight = 0;
  for (const contrast of contrasts) weight += Math.max(0, contrast * contrast * contrast);
  return weight;
}

/** Otsu's threshold of values from 0 to 1, which maximizes the variance between the two groups. Source: IEEE Trans. SMC 9 (1979). */
function otsuThreshold(values: Float32Array): number {
  const bins = 256;
  const counts = new Float64Array(bins);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(value * bins))]++;
  const total = counts.reduce((sum, count, bin) => sum + count * bin, 0);
  let best = { variance: 0, threshold: 0 };
  let below = 0;
  let sumBelow = 0;
  for (let bin = 0; bin < bins - 1; bin++) {
    below += counts[bin];
    sumBelow += counts[bin] * bin;
    const above = values.length - below;
    if (below === 0 || above === 0) continue;
    const variance = below * above * (sumBelow / below - (total - sumBelow) / above) ** 2;
    if (variance > best.variance) best = { variance, threshold: (bin + 1) / bins };
  }
  return best.threshold;
}

function withoutDirt(components: readonly Component[]): Component[] {
  const largest = Math.max(...components.map(({ pixels }) => pixels.length));
  return components.filter(({ pixels }) => pixels.length >= MIN_COMPONENT_SHARE * largest);
}

function median(values: Float32Array): number {
  return values.sort()[values.length >> 1];
}
