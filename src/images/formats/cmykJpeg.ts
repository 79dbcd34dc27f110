import { concatenateBytes } from '../../core/arrays.js';
import { decode } from 'jpeg-js';
import { MAX_PIXELS } from '../limits.js';
import type { Bytes, DecodedFile } from './format.js';
import type { JpegMarkers } from './jpegMarkers.js';

/** Bounds the decoder's memory: it keeps the coefficients of all four components. */
const MAX_MEGABYTES = 2048;

/** Adobe's segment, which states that the components are not transformed. Source: Adobe Technical Note 5116, section 18. */
const ADOBE_SEGMENT = [0xff, 0xee, 0, 14, ...new TextEncoder().encode('Adobe'), 0, 100, 0, 0, 0, 0, 0];

/**
 * Decodes a JPEG of four components: CMYK or, as its Adobe segment states, YCCK. As in other viewers, colors are converted
 * without a color profile, and the components are inverted, as Adobe's programs write them.
 */
export function decodeCmyk(bytes: Bytes, { hasAdobe }: JpegMarkers): DecodedFile {
  const marked = hasAdobe
    ? bytes
    : concatenateBytes([bytes.subarray(0, 2), ADOBE_SEGMENT, bytes.subarray(2)]);
  const { width, height, data } = decode(marked, {
    useTArray: true,
    maxResolutionInMP: MAX_PIXELS / 1e6,
    maxMemoryUsageInMB: MAX_MEGABYTES,
  });
  return { width, height, data };
}
