/** The initial hash and the constants of SHA-256. Source: FIPS 180-4, sections 4.2.2 and 5.3.3. */
const [START, ROUNDS] = constants();
const BLOCK_BYTES = 64;

/** The SHA-256 of bytes in hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Browsers have it only where the connection is secure.
  const digest =
    'subtle' in crypto ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)) : digestOf(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Computes what `crypto.subtle` does. */
export function digestOf(bytes: Uint8Array): Uint8Array {
  const hash = START.slice();
  const whole = bytes.length - (bytes.length % BLOCK_BYTES);
  const schedule = new Uint32Array(BLOCK_BYTES);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < whole; at += BLOCK_BYTES) addBlock(hash, view, at, schedule);
  const end = paddedEnd(bytes.subarray(whole), bytes.length);
  for (let at = 0; at < end.byteLength; at += BLOCK_BYTES) addBlock(hash, end, at, schedule);
  const digest = new DataView(new ArrayBuffer(4 * hash.length));
  hash.forEach((word, i) => {
    digest.setUint32(4 * i, word);
  });
  return new Uint8Array(digest.buffer);
}

/** The last bytes, a one bit, zeros, and the number of all bits. */
function paddedEnd(rest: Uint8Array, length: number): DataView {
  const end = new Uint8Array(rest.length < BLOCK_BYTES - 8 ? BLOCK_BYTES : 2 * BLOCK_BYTES);
  end.set(rest);
  end[rest.length] = 0x80;
  const view = new DataView(end.buffer);
  view.setBigUint64(end.length - 8, 8n * BigInt(length));
  return view;
}

/** @param schedule `[64]`, overwritten */
function addBlock(hash: Uint32Array, block: DataView, at: number, schedule: Uint32Array): void {
  for (let i = 0; i < 16; i++) schedule[i] = block.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [x, y] = [schedule[i - 15], schedule[i - 2]];
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
  }
  let [a, b, c, d, e, f, g, h] = hash;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = h + s1 + ((e & f) ^ (~e & g)) + ROUNDS[i] + schedule[i];
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((word, i) => {
    hash[i] += word;
  });
}

function rotate(word: number, by: number): number {
  return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fractional parts of the square roots of the first 8 primes, and of the cube roots of the first 64. */
function constants(): readonly [start: Uint32Array, rounds: Uint32Array] {
  const primes: number[] = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n);
  const fractions = (roots: readonly number[]) =>
    Uint32Array.from(roots, (root) => Math.floor((root % 1) * 2 ** 32));
  return [fractions(primes.slice(0, 8).map(Math.sqrt)), fractions(primes.map(Math.cbrt))];
}
