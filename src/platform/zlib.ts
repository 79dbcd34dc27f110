/** The functions of `node:zlib` that threads use which may be terminated at any time. */
import * as zlib from 'node:zlib';
import { withThreadLock } from './threadLock.js';

export function inflateSync(packed: Uint8Array, options: zlib.ZlibOptions): Uint8Array {
  return withThreadLock(() => zlib.inflateSync(packed, options));
}

export function inflateRawSync(packed: Uint8Array, options: zlib.ZlibOptions): Uint8Array {
  return withThreadLock(() => zlib.inflateRawSync(packed, options));
}

export function gunzipSync(packed: Uint8Array, options: zlib.ZlibOptions): Uint8Array {
  return withThreadLock(() => zlib.gunzipSync(packed, options));
}

export function brotliDecompressSync(packed: Uint8Array, options: zlib.BrotliOptions): Uint8Array {
  return withThreadLock(() => zlib.brotliDecompressSync(packed, options));
}

export function createGunzip(): zlib.Gunzip {
  return withThreadLock(() => zlib.createGunzip());
}
