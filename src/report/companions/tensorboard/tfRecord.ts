import { concatenateBytes } from '../../../core/arrays.js';

/** Castagnoli's polynomial with reversed bits. */
const POLYNOMIAL = 0x82f63b78;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = (remainder >>> 1) ^ (remainder & 1 ? POLYNOMIAL : 0);
  return remainder;
});

/** The CRC-32C of bytes. Source: RFC 3720, appendix B.4. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = TABLE[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Checksums that are stored with what they protect are masked. Source: TensorFlow, `lib/hash/crc32c.h`. */
function maskedCrc(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

/** The bytes of a TFRecord file: each record follows its length, and both have a checksum. */
export function encodeTfRecords(records: readonly Uint8Array[]): Uint8Array {
  return concatenateBytes(
    records.flatMap((record) => {
      const length = integer(record.length, 8);
      return [length, integer(maskedCrc(length), 4), record, integer(maskedCrc(record), 4)];
    }),
  );
}

/** An integer below 2^32, lowest byte first. */
function integer(value: number, bytes: number): Uint8Array {
  const encoded = new Uint8Array(bytes);
  new DataView(encoded.buffer).setUint32(0, value, true);
  return encoded;
}
