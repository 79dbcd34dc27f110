import { decodeBytes } from '../core/base64.js';

/** Decodes bytes that were compressed with deflate and written in Base64. */
export async function inflateBase64(text: string): Promise<ArrayBuffer> {
  const stream = new Blob([decodeBytes(text)]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).arrayBuffer();
}
