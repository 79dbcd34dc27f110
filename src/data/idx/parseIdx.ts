import { InklingError } from '../../core/errors.js';
import { formatShape, sizeOf } from '../../core/shape.js';
import { isGzip, isMarkup } from '../../core/files/downloaded.js';

/** The grayscale images of an IDX file. */
export interface IdxImages {
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** `[count, height, width]`, 0 to 255; a view of the file's bytes */
  readonly pixels: Uint8Array;
}

const IMAGES_MAGIC = 0x00000803;
const LABELS_MAGIC = 0x00000801;
const QMNIST_LABELS_MAGIC = 0x00000c02;
const MAX_SIDE = 4096;

/** Data types by the third byte of the magic number. Source: the format's description on the MNIST page. */
const dataTypes: Readonly<Record<number, string>> = {
  0x08: 'unsigned bytes',
  0x09: 'signed bytes',
  0x0b: '16-bit integers',
  0x0c: '32-bit integers',
  0x0d: '32-bit floats',
  0x0e: '64-bit floats',
};

/**
 * Parses an unpacked IDX file of images (magic number 0x00000803).
 *
 * @param file the name for error messages
 * @throws {InklingError} unless the bytes are exactly what the header describes
 */
export function parseIdxImages(bytes: Uint8Array, file: string): IdxImages {
  const { sizes, content } = parse(bytes, file, IMAGES_MAGIC);
  const [count, height, width] = sizes;
  if (height > MAX_SIDE || width > MAX_SIDE) {
    throw new InklingError(`${file}: images of ${height}×${width}, expected at most ${MAX_SIDE}×${MAX_SIDE}`);
  }
  return { count, height, width, pixels: content };
}

/**
 * Parses an unpacked IDX file of labels (magic number 0x00000801).
 *
 * @param file the name for error messages
 * @returns the labels `[count]`, 0 to 255; a view of the file's bytes
 * @throws {InklingError} unless the bytes are exactly what the header describes
 */
export function parseIdxLabels(bytes: Uint8Array, file: string): Uint8Array {
  return parse(bytes, file, LABELS_MAGIC).content;
}

/** An unpacked IDX file. */
export interface IdxFile {
  readonly bytes: Uint8Array;
  /** Where it came from, for error messages. */
  readonly origin: string;
}

/**
 * Parses a file of images and the file of their labels.
 *
 * @throws {InklingError} unless both are valid, and there is one label for each image
 */
export function parseIdxPair(
  imageFile: IdxFile,
  labelFile: IdxFile,
  parseLabels = parseIdxLabels,
): IdxImages & { readonly labels: Uint8Array } {
  const images = parseIdxImages(imageFile.bytes, imageFile.origin);
  const labels = parseLabels(labelFile.bytes, labelFile.origin);
  if (labels.length === images.count) return { ...images, labels };
  throw new InklingError(
    `${labelFile.origin}: ${labels.length} labels, expected ${images.count}, one for each image in ${imageFile.origin}`,
  );
}

/**
 * Parses an unpacked file of QMNIST labels (magic number 0x00000c02): eight 32-bit integers per image, the first of which is
 * the class. Source: the data set's README.
 *
 * @param file the name for error messages
 * @returns the classes `[count]`, 0 to 255
 * @throws {InklingError} unless the bytes are exactly what the header describes
 */
export function parseQmnistLabels(bytes: Uint8Array, file: string): Uint8Array {
  const { sizes, content } = parse(bytes, file, QMNIST_LABELS_MAGIC);
  const [count, columns] = sizes;
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  return Uint8Array.from({ length: count }, (_, image) => view.getInt32(image * columns * 4));
}

function parse(bytes: Uint8Array, file: string, magic: number): { sizes: number[]; content: Uint8Array } {
  const axes = magic & 0xff;
  const headerBytes = 4 + 4 * axes;
  checkMagic(bytes, file, magic);
  if (bytes.length < headerBytes) {
    throw new InklingError(
      `${file}: has ${bytes.length} bytes, expected a header of ${headerBytes}; get a complete copy`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, headerBytes);
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (sizes.includes(0)) {
    throw new InklingError(
      `${file}: has shape ${formatShape(sizes)} by its header, expected sizes of at least 1`,
    );
  }
  const valueBytes = magic === QMNIST_LABELS_MAGIC ? 4 : 1;
  const expectedBytes = headerBytes + sizeOf(sizes) * valueBytes;
  if (bytes.length !== expectedBytes) {
    throw new InklingError(
      `${file}: has ${bytes.length} bytes, expected ${expectedBytes} for shape ${formatShape(sizes)} in its header; get a complete copy`,
    );
  }
  return { sizes, content: bytes.subarray(headerBytes) };
}

/** Checks the magic number: two zero bytes, the data type, the number of axes. */
function checkMagic(bytes: Uint8Array, file: string, magic: number): void {
  const expected = `expected an IDX file that starts with ${hex([0, 0, magic >> 8, magic & 0xff])}`;
  if (isGzip(bytes)) throw new InklingError(`${file}: is packed with gzip, ${expected}; unpack it first`);
  if (isMarkup(bytes))
    throw new InklingError(`${file}: is a web page, ${expected}; download the file itself`);
  if (bytes.length < 4) throw new InklingError(`${file}: has ${bytes.length} bytes, ${expected}`);
  const [zero, alsoZero, type, axes] = bytes;
  if (zero !== 0 || alsoZero !== 0 || !(type in dataTypes)) {
    throw new InklingError(`${file}: starts with ${hex(bytes.subarray(0, 4))}, ${expected}`);
  }
  if (type !== magic >> 8) {
    throw new InklingError(`${file}: contains ${dataTypes[type]}, expected ${dataTypes[magic >> 8]}`);
  }
  if (axes !== (magic & 0xff)) {
    const content = magic === IMAGES_MAGIC ? 'images, which have 3' : `labels, which have ${magic & 0xff}`;
    throw new InklingError(`${file}: has ${axes} axes, expected ${content}; check whether files are swapped`);
  }
}

function hex(bytes: Iterable<number>): string {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}
