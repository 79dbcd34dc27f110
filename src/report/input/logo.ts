import { InklingError } from '../../core/errors.js';

/** An image for the title page. */
export interface Logo {
  /** The extension of its file. */
  readonly format: LogoFormat;
  readonly bytes: Uint8Array;
}

type LogoFormat = 'png' | 'jpg' | 'svg';

/** The bytes that files of each format begin with. */
const SIGNATURES: readonly (readonly [LogoFormat, readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpg', [0xff, 0xd8, 0xff]],
];

/** How much of a file is searched for the element of an SVG image, which comments may precede. */
const SVG_BYTES = 4096;

/**
 * The image of a file as a logo; its content decides the format.
 *
 * @param who names the file in the error message
 * @throws {InklingError} for anything but a PNG, JPEG, or SVG image
 */
export function logoFrom(bytes: Uint8Array, who: string): Logo {
  const [format] =
    SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte)) ??
    (/<svg[\s>]/.test(new TextDecoder().decode(bytes.subarray(0, SVG_BYTES))) ? ['svg' as const] : []);
  if (format !== undefined) return { format, bytes };
  throw new InklingError(
    `${who}: expected a PNG, JPEG, or SVG image as logo, got something else; convert the file to one of them`,
  );
}
