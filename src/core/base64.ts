/** Signed bytes in Base64, in Node.js and browsers alike. */
export function encodeInt8(bytes: Int8Array): string {
  return btoa(Array.from(new Uint8Array(bytes.buffer), (byte) => String.fromCharCode(byte)).join(''));
}

export function decodeInt8(text: string): Int8Array {
  return Int8Array.from(atob(text), (character) => character.charCodeAt(0));
}
