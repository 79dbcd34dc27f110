import { isGzip } from './downloaded.js';
import { hasAt, textAt } from './signature.js';

/** The type of a file, determined from its first bytes. */
export type FileKind =
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'gif'
  | 'svg'
  | 'bmp'
  | 'tiff'
  | 'avif'
  | 'heic'
  | 'gzip'
  | 'markup'
  | 'empty'
  | 'other';

/** The type of a file, and its description for messages. */
export interface FileType {
  readonly kind: FileKind;
  /** With its article, such as `a zip archive`. */
  readonly name: string;
  /** What to do to obtain an image or a data set from it. */
  readonly advice?: string;
}

interface Signature extends FileType {
  readonly matches: (bytes: Uint8Array) => boolean;
}

/** The description of a file that is not identified. */
export const UNKNOWN_TYPE = 'binary data of an unknown type';

/** This many bytes of a file are enough to identify it. */
export const SIGNATURE_BYTES = 4096;

/** The first bytes of a zip archive that is not empty, of an HDF5 file, and of a NumPy array (.npy). */
export const ZIP_SIGNATURE = 'PK\x03\x04';
export const HDF5_SIGNATURE = '\x89HDF\r\n\x1a\n';
export const NPY_SIGNATURE = '\x93NUMPY';

const UNPACK = 'unpack it and use the files in it';
const CONVERT = 'convert it to PNG or JPEG';

/** Formats of image files that can be decoded. */
const images: readonly Signature[] = [
  { kind: 'png', name: 'a PNG image', matches: startsWith('\x89PNG\r\n\x1a\n') },
  { kind: 'jpeg', name: 'a JPEG image', matches: startsWith('\xff\xd8\xff') },
  {
    kind: 'webp',
    name: 'a WebP image',
    matches: (bytes) => hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'WEBP'),
  },
  { kind: 'gif', name: 'a GIF image', matches: startsWith('GIF8') },
  { kind: 'bmp', name: 'a BMP image', matches: isBmp },
  { kind: 'tiff', name: 'a TIFF image', matches: startsWith('II*\0', 'MM\0*') },
  {
    kind: 'avif',
    name: 'an AVIF image',
    matches: (bytes) => brandsOf(bytes).some((brand) => /^avi[fs]$/.test(brand)),
  },
  {
    kind: 'heic',
    name: 'an HEIC image',
    advice: `${CONVERT}; on an iPhone, choose Settings > Camera > Formats > Most Compatible`,
    matches: (bytes) => brandsOf(bytes).some((brand) => /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)),
  },
];

/** Files that are often mistaken for images or data sets. */
const others: readonly Signature[] = [
  other('a BigTIFF image', CONVERT, startsWith('II+\0', 'MM\0+')),
  other('a JPEG XL image', CONVERT, startsWith('\xff\x0a', '\0\0\0\x0cJXL ')),
  other('a JPEG 2000 image', CONVERT, startsWith('\0\0\0\x0cjP  ', '\xff\x4f\xff\x51')),
  other('a Photoshop file', CONVERT, startsWith('8BPS')),
  other('an icon file (ICO)', CONVERT, startsWith('\0\0\x01\0', '\0\0\x02\0')),
  other('a DICOM file', CONVERT, (bytes) => hasAt(bytes, 128, 'DICM')),
  other('a Netpbm image (PBM, PGM, or PPM)', CONVERT, (bytes) => /^P[1-7]\s/.test(textAt(bytes, 0, 3))),
  other('a video', 'save a frame of it as PNG or JPEG', isVideo),
  other('a PDF document', 'save its pages as PNG images', startsWith('%PDF-')),
  other('a PostScript document', 'save its pages as PNG images', startsWith('%!PS')),
  other('a zip archive', UNPACK, startsWith(ZIP_SIGNATURE, 'PK\x05\x06')),
  other('a 7z archive', UNPACK, startsWith("7z\xbc\xaf'\x1c")),
  other('a RAR archive', UNPACK, startsWith('Rar!\x1a\x07')),
  { kind: 'gzip', name: 'a gzip-compressed file', advice: UNPACK, matches: isGzip },
  other('a bzip2-compressed file', UNPACK, startsWith('BZh')),
  other('an xz-compressed file', UNPACK, startsWith('\xfd7zXZ\0')),
  other('a Zstandard-compressed file', UNPACK, startsWith('\x28\xb5\x2f\xfd')),
  other('a tar archive', UNPACK, (bytes) => hasAt(bytes, 257, 'ustar')),
  other('a NumPy array', undefined, startsWith(NPY_SIGNATURE)),
  other('a Parquet table', undefined, startsWith('PAR1')),
  other('a Python pickle', undefined, isPickle),
  other('an HDF5 file', undefined, startsWith(HDF5_SIGNATURE)),
  other(
    'a macOS metadata file (its name starts with "._")',
    'it contains no image; remove it',
    startsWith('\0\x05\x16\x07', '\0\x05\x16\0'),
  ),
  other(
    'a Git LFS pointer',
    'download the file itself with "git lfs pull"',
    startsWith('version https://git-lfs.github.com/spec/'),
  ),
  other('the base64 text of an image', 'decode it and use the bytes', (bytes) =>
    /^\s*(data:image\/[\w.+-]+;base64,|iVBORw0KGgo|\/9j\/[\w+/]|UklGR|R0lGOD)/.test(textAt(bytes, 0, 64)),
  ),
];

/** Whether files of a kind are images that can be decoded. */
export function isImageKind(kind: FileKind): boolean {
  return kind === 'svg' || images.some((image) => image.kind === kind);
}

/**
 * Identifies a file by its first bytes.
 *
 * @param bytes the file, or its first `SIGNATURE_BYTES`
 */
export function identifyFile(bytes: Uint8Array): FileType {
  if (bytes.length === 0) return { kind: 'empty', name: 'an empty file', advice: 'get a complete copy' };
  const found = [...images, ...others].find(({ matches }) => matches(bytes));
  if (found !== undefined) return found;
  return identifyText(bytes) ?? { kind: 'other', name: UNKNOWN_TYPE };
}

/** `the file is a zip archive, expected …; unpack it and use the files in it` */
export function describeUnexpected({ name, advice }: FileType, expected: string): string {
  return `the file is ${name}, expected ${expected}${advice === undefined ? '' : `; ${advice}`}`;
}

/** Whether bytes are a pickle of protocol 2 to 5. */
export function isPickle(bytes: Uint8Array): boolean {
  return bytes[0] === 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
}

function identifyText(bytes: Uint8Array): FileType | undefined {
  const hasByteOrder = hasAt(bytes, 0, '\xff\xfe') || hasAt(bytes, 0, '\xfe\xff');
  if (hasByteOrder) return { kind: 'other', name: 'a text file' };
  const start = new TextDecoder().decode(bytes.subarray(0, SIGNATURE_BYTES));
  const text = start.replace(/^\ufeff/, '').trimStart();
  if (/^(<!doctype html|<html|<head|<body)\b/i.test(text)) {
    return {
      kind: 'markup',
      name: 'a web page (HTML)',
      advice: 'the download failed; open the address in a browser and save the file itself',
    };
  }
  if (text.startsWith('<') && /<(\w+:)?svg[\s>]/.test(text)) return { kind: 'svg', name: 'an SVG image' };
  // Control characters other than tab, line feed, form feed and carriage return; a character may be cut at the end.
  // eslint-disable-next-line no-control-regex
  if (/[\0-\x08\x0b\x0e-\x1f]|\ufffd(?!$)/.test(start)) return undefined;
  if (text.startsWith('<')) return { kind: 'markup', name: 'an XML file' };
  if (/^[{[]/.test(text)) return { kind: 'other', name: 'a JSON file' };
  return { kind: 'other', name: 'a text file' };
}

function other(name: string, advice: string | undefined, matches: Signature['matches']): Signature {
  return { kind: 'other', name, ...(advice === undefined ? {} : { advice }), matches };
}

function startsWith(...signatures: readonly string[]): Signature['matches'] {
  return (bytes) => signatures.some((signature) => hasAt(bytes, 0, signature));
}

/** `BM`, and one of the header sizes in use, since a text may start with these letters. */
function isBmp(bytes: Uint8Array): boolean {
  return hasAt(bytes, 0, 'BM') && [12, 16, 40, 52, 56, 64, 108, 124].includes(bytes[14]) && bytes[15] === 0;
}

/** The brands of a file in the ISO base media format: its own, and those it is compatible with. Source: ISO/IEC 14496-12, section 4.3. */
function brandsOf(bytes: Uint8Array): string[] {
  if (!hasAt(bytes, 4, 'ftyp')) return [];
  const end = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes.length, 256);
  const brands = [textAt(bytes, 8, 4)];
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(textAt(bytes, offset, 4));
  return brands;
}

function isVideo(bytes: Uint8Array): boolean {
  return (
    hasAt(bytes, 4, 'ftyp') ||
    hasAt(bytes, 0, '\x1a\x45\xdf\xa3') ||
    (hasAt(bytes, 0, 'RIFF') && hasAt(bytes, 8, 'AVI '))
  );
}
