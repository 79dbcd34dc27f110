import { expect, test } from 'vitest';
import {
  type CompiledDecoder,
  compileDecoder,
  shareDecoders,
} from '#inkling/images/formats/compiledDecoders.js';

test('compiles a decoder once, and not at all if another thread did', async () => {
  const file = '@jsquash/webp/codec/dec/webp_dec.wasm';
  const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
  const compiled: CompiledDecoder[] = [];
  shareDecoders([{ file: 'other.wasm', module }], (decoder) => compiled.push(decoder));
  expect(await compileDecoder('other.wasm')).toBe(module);
  expect(compiled).toEqual([]);
  const own = await compileDecoder(file);
  expect(await compileDecoder(file)).toBe(own);
  expect(compiled).toEqual([{ file, module: own }]);
});
