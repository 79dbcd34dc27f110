/** Whether bytes contain a signature, of characters up to U+00FF, at an offset. */
export function hasAt(bytes: Uint8Array, offset: number, signature: string): boolean {
  return textAt(bytes, offset, signature.length) === signature;
}

/** Bytes as characters from U+0000 to U+00FF. */
export function textAt(bytes: Uint8Array, offset: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(offset, offset + length));
}
