import { sha256 } from './sha256.js';

/** What was saved cannot be read. */
export class DamagedError extends Error {}

/** The separator of a text and its hash. */
const NEWLINE = '\n';

/** A text with its hash, so that damage is found. */
export async function seal(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const hash = await sha256(new TextEncoder().encode(text));
  return new TextEncoder().encode(hash + NEWLINE + text);
}

/**
 * Inverse of `seal`.
 *
 * @throws {DamagedError} when the text is not that of the hash
 */
export async function unseal(bytes: Uint8Array): Promise<string> {
  const sealed = new TextDecoder().decode(bytes);
  const end = sealed.indexOf(NEWLINE);
  const text = sealed.slice(end + 1);
  if (sealed.slice(0, end) !== (await sha256(new TextEncoder().encode(text))))
    throw new DamagedError('a saved text is damaged');
  return text;
}
