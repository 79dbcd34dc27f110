import { InklingError } from '../../core/errors.js';
import { type Component, connectedComponents, largestOf, pixelCount, touchesEdge } from './components.js';
import type { Contrast } from './contrast.js';
import { otsuThreshold } from './otsu.js';
import { markAbove } from './markAbove.js';
import { medianAbove } from './select.js';
import type { Plane } from '../decodedImage.js';

/** Ink must differ from the paper by at least this contrast, and by this many times what noise can reach. */
const MIN_CONTRAST = 0.06;
const MIN_NOISE_RATIO = 1.5;
/** Ink covers at most this share of the image. */
const MAX_COVERAGE = 0.7;
/** Components with less than this share of the largest component's pixels are dirt. */
const MIN_COMPONENT_SHARE = 0.02;
/** A component at the edge of the image is ink if it has at least this share of the contrast of other ink. */
const MIN_EDGE_CONTRAST = 0.85;

/** The drawing on an image. */
export interface Ink {
  /** The amount of ink in each pixel, from 0 to 1. */
  readonly plane: Plane;
  /** Its connected components, without dirt. */
  readonly components: readonly Component[];
}

/**
 * Separates a drawing from the paper around it.
 *
 * @throws {InklingError} when nothing stands out from the paper, or most of the image does
 */
export function findInk({ plane: { width, height, values: contrasts }, noise }: Contrast): Ink {
  const threshold = Math.max(otsuThreshold(contrasts).threshold, noise);
  const full = medianAbove(contrasts, threshold) ?? 0;
  if (!(full > Math.max(MIN_CONTRAST, MIN_NOISE_RATIO * noise))) {
    throw new InklingError('no ink found; expected a dark drawing on light paper, or a light one on dark');
  }
  const edge = Math.max(noise, full / 2);
  const components = withoutDirt(
    withoutShadows(connectedComponents(markAbove(contrasts, edge), width), {
      width,
      height,
      values: contrasts,
    }),
  );
  if (pixelCount(components) > MAX_COVERAGE * contrasts.length) {
    throw new InklingError('no paper found around the ink; expected a drawing with a margin');
  }
  const values = new Float32Array(contrasts.length);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const contrast = contrasts[pixel];
    if (contrast > noise) values[pixel] = Math.min(1, (contrast - noise) / (full - noise));
  }
  return { plane: { width, height, values }, components };
}

/**
 * Removes corners and edges of shadows: components that touch the edge of the image and have less contrast than the largest one that
 * does not.
 */
function withoutShadows(components: readonly Component[], plane: Plane): Component[] {
  const contrastOf = ({ pixels }: Component) =>
    pixels.reduce((sum, pixel) => sum + plane.values[pixel], 0) / pixels.length;
  const main = largestOf(components.filter((component) => !touchesEdge(component, plane)));
  if (main === undefined) return [...components];
  const least = MIN_EDGE_CONTRAST * contrastOf(main);
  return components.filter((component) => !touchesEdge(component, plane) || contrastOf(component) >= least);
}

function withoutDirt(components: readonly Component[]): Component[] {
  const most = largestOf(components)?.pixels.length ?? 0;
  return components.filter(({ pixels }) => pixels.length >= MIN_COMPONENT_SHARE * most);
}
