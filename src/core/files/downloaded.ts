import { hasAt, textAt } from './signature.js';

/** Whether bytes are gzip data. Source: RFC 1952, section 2.3.1. */
export function isGzip(bytes: Uint8Array): boolean {
  return hasAt(bytes, 0, '\x1f\x8b');
}

/** Whether bytes are a web page or XML, which a server may send instead of a missing file. */
export function isMarkup(bytes: Uint8Array): boolean {
  return textAt(bytes, 0, 64).trimStart().startsWith('<');
}
