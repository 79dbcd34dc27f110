import { InklingError } from '../../core/errors.js';
import { type FileKind, identifyFile, SIGNATURE_BYTES } from '../../core/files/fileType.js';

/** An image for the title page. */
export interface Logo {
  /** The extension of its file. */
  readonly format: LogoFormat;
  readonly bytes: Uint8Array;
}

type LogoFormat = 'png' | 'jpg' | 'svg';

const FORMATS: Readonly<Partial<Record<FileKind, LogoFormat>>> = { png: 'png', jpeg: 'jpg', svg: 'svg' };

/**
 * The image of a file as a logo; its content decides the format.
 *
 * @param who names the file in the error message
 * @throws {InklingError} for anything but a PNG, JPEG, or SVG image
 */
export function logoFrom(bytes: Uint8Array, who: string): Logo {
  const format = FORMATS[identifyFile(bytes.subarray(0, SIGNATURE_BYTES)).kind];
  if (format !== undefined) return { format, bytes };
  throw new InklingError(
    `${who}: expected a PNG, JPEG, or SVG image as logo, got something else; convert the file to one of them`,
  );
}
