import type { Plane } from '../decodedImage.js';
import { estimateBackground } from './background.js';
import { isDarkOnLight } from './polarity.js';
import { closing } from './morphology.js';
import { select } from './select.js';

/** Strokes are narrower than this share of the image's shorter side. */
const MAX_STROKE = 0.35;
/** Contrast is relative to the paper's brightness, which is assumed to be at least this. */
const MIN_BRIGHTNESS = 0.25;
/** The contrast that noise alone can reach, in standard deviations. */
const NOISE_DEVIATIONS = 4.5;
/** Quantiles of the contrast that are paper even if ink covers more than half of it, and their distance in deviations. */
const LOWER_QUANTILE = 0.05;
const UPPER_QUANTILE = 0.3;
const QUANTILE_DEVIATIONS = 1.12;
const MAX_SAMPLES = 20_000;

/** How much each pixel differs from the paper around it. */
export interface Contrast {
  /** 0 for paper, up to 1. */
  readonly plane: Plane;
  /** The contrast that noise alone can reach. */
  readonly noise: number;
}

/**
 * Measures the contrast of dark ink on lighter paper, or of light ink on darker paper. The paper is estimated in two steps: a smooth
 * surface for uneven light, and a closing (its difference from the image is the black top-hat transform), which fills strokes but
 * keeps the edges of shadows.
 *
 * @param inside whether each pixel shows the paper
 */
export function measureContrast(brightness: Plane, inside: Uint8Array): Contrast {
  const { width, height } = brightness;
  const flat = flatten(brightness, estimateBackground(brightness));
  const side = 2 * Math.ceil((MAX_STROKE * Math.min(width, height)) / 2) + 1;
  const paper = closing({ width, height, values: flat }, side).values;
  const values = new Float32Array(flat.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    values[pixel] = (paper[pixel] - flat[pixel]) / Math.max(MIN_BRIGHTNESS, paper[pixel]);
  }
  const { level, deviation } = noiseOf(values);
  for (let pixel = 0; pixel < values.length; pixel++) {
    values[pixel] = Math.max(0, values[pixel] - level) * inside[pixel];
  }
  return { plane: { width, height, values }, noise: NOISE_DEVIATIONS * deviation };
}

/** The brightness as a share of the paper's; inverted where the ink is light and the paper dark. */
function flatten(brightness: Plane, { values: surface }: Plane): Float32Array {
  const { values } = brightness;
  const flat = new Float32Array(values.length);
  const isDark = isDarkOnLight(brightness);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = isDark ? values[pixel] : 1 - values[pixel];
    const paper = isDark ? surface[pixel] : 1 - surface[pixel];
    flat[pixel] = value / Math.max(MIN_BRIGHTNESS, paper);
  }
  return flat;
}

/** The contrast of the paper, which is that of its brightest grains, and the standard deviation of its noise. */
function noiseOf(contrasts: Float32Array): { level: number; deviation: number } {
  const step = Math.ceil(contrasts.length / MAX_SAMPLES);
  const samples = new Float32Array(Math.floor((contrasts.length - 1) / step) + 1);
  for (let i = 0; i < samples.length; i++) samples[i] = contrasts[i * step];
  const [lower, upper] = [LOWER_QUANTILE, UPPER_QUANTILE].map((share) =>
    select(samples, Math.floor(share * samples.length)),
  );
  return { level: upper, deviation: (upper - lower) / QUANTILE_DEVIATIONS };
}
