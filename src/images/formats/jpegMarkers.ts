import { concatenateBytes } from '../../core/arrays.js';
import { hasAt } from '../../core/files/signature.js';
import { parseOrientation } from './exif.js';
import type { Bytes } from './format.js';

/** Codes of markers. Source: ITU-T T.81, table B.1. */
const MARKER = 0xff;
const END_OF_IMAGE = 0xd9;
const START_OF_SCAN = 0xda;
const APP_1 = 0xe1;
const APP_14 = 0xee;
/** Markers that stand alone: TEM, the restart markers and the start of an image. */
const isAlone = (code: number) => code === 0x01 || (code >= 0xd0 && code <= 0xd8);
/** The frame headers, without DHT, JPG and DAC, whose codes lie between them. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(code);
/** The number of a block's last coefficient. */
const LAST_COEFFICIENT = 63;
const PROGRESSIVE_CODES: readonly number[] = [0xc2, 0xca];

/** The information in the markers of a JPEG file, which may be truncated. */
export interface JpegMarkers {
  readonly frame?: {
    readonly width: number;
    readonly height: number;
    readonly components: number;
    readonly isProgressive: boolean;
    /** The identifier of the first component, the luma. */
    readonly firstComponent: number;
  };
  readonly orientation: number;
  readonly hasAdobe: boolean;
  /** The position of the first scan's marker. */
  readonly firstScan?: number;
}

/** Reads the segments before the pixels, like decoders: extra fill bytes and garbage between segments are skipped. */
export function readMarkers(bytes: Bytes): JpegMarkers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let markers: JpegMarkers = { orientation: 1, hasAdobe: false };
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const code = bytes[offset + 1];
    if (bytes[offset] !== MARKER || code === MARKER || code === 0) offset += 1;
    else if (isAlone(code)) offset += 2;
    else if (code === START_OF_SCAN) return { ...markers, firstScan: offset };
    else if (code === END_OF_IMAGE) return markers;
    else {
      const length = view.getUint16(offset + 2);
      markers = { ...markers, ...readSegment(code, bytes.subarray(offset + 4, offset + 2 + length)) };
      offset += 2 + Math.max(2, length);
    }
  }
  return markers;
}

function readSegment(code: number, data: Uint8Array): Partial<JpegMarkers> {
  if (isFrame(code) && data.length >= 7) {
    const view = new DataView(data.buffer, data.byteOffset);
    return {
      frame: {
        height: view.getUint16(1),
        width: view.getUint16(3),
        components: data[5],
        isProgressive: PROGRESSIVE_CODES.includes(code),
        firstComponent: data[6],
      },
    };
  }
  if (code === APP_1 && hasAt(data, 0, 'Exif\0\0')) return { orientation: parseOrientation(data) };
  if (code === APP_14 && hasAt(data, 0, 'Adobe')) return { hasAdobe: true };
  return {};
}

/**
 * Adds the marker that ends an image if it is missing. In the pixels, a marker's first byte is followed by a zero, so that this
 * marker is found only at the end.
 */
export function withEnd(bytes: Bytes, { firstScan }: JpegMarkers): Bytes {
  if (firstScan === undefined || indexOfMarker(bytes, END_OF_IMAGE, firstScan) !== -1) return bytes;
  return concatenateBytes([bytes, [MARKER, END_OF_IMAGE]]);
}

/**
 * Whether a scan before the last one completes the luma of a progressive file, so that what a truncated last scan lacks is hardly
 * visible.
 */
export function hasBrightness(bytes: Bytes, { firstScan = bytes.length, frame }: JpegMarkers): boolean {
  let scan = firstScan;
  for (;;) {
    const next = indexOfMarker(bytes, START_OF_SCAN, scan + 2);
    if (next === -1) return false;
    const components = bytes[scan + 4];
    const ids = Array.from({ length: components }, (_, i) => bytes[scan + 5 + 2 * i]);
    const lastCoefficient = bytes[scan + 6 + 2 * components];
    if (lastCoefficient === LAST_COEFFICIENT && ids.includes(frame?.firstComponent ?? 0)) return true;
    scan = next;
  }
}

function indexOfMarker(bytes: Bytes, code: number, start: number): number {
  for (let at = bytes.indexOf(MARKER, start); at !== -1; at = bytes.indexOf(MARKER, at + 1)) {
    if (bytes[at + 1] === code) return at;
  }
  return -1;
}
