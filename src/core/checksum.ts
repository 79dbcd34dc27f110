import { crc32Final, crc32Init, crc32Update } from '@foxglove/crc';

/** What a checksum in a file looks like: `crc32:` and 8 hexadecimal digits. */
export const CHECKSUM = /^crc32:[0-9a-f]{8}$/;

/**
 * The CRC-32 of bytes in several parts, as in zip, gzip, and PNG. It detects every change of up to 32 adjacent bits, and any
 * other with a probability of 1 - 2^-32; it does not protect against forgery. Source: ISO 3309.
 */
export function crc32(...parts: readonly Uint8Array[]): number {
  return crc32Final(parts.reduce(crc32Update, crc32Init()));
}

/** The checksum of bytes in several parts, as text. */
export function checksumOf(...parts: readonly Uint8Array[]): string {
  return `crc32:${crc32(...parts)
    .toString(16)
    .padStart(8, '0')}`;
}
