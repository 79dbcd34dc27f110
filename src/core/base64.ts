/** Bytes in Base64, in Node.js and browsers alike. */
export function encodeBytes(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function decodeBytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** Signed bytes in Base64. */
export function encodeInt8(bytes: Int8Array): string {
  return encodeBytes(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
}

export function decodeInt8(text: string): Int8Array {
  return new Int8Array(decodeBytes(text).buffer);
}
