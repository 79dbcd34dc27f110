import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { DECODER_VERSION } from '#inkling/images/decoderVersion.js';

const lockSchema = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

test('DECODER_VERSION corresponds to the versions of the decoding packages', () => {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  const versions = [
    '@jsquash/avif',
    '@jsquash/jpeg',
    '@jsquash/png',
    '@jsquash/webp',
    '@resvg/resvg-wasm',
    'jpeg-js',
    'libheif-js',
    'utif2',
  ].map((name) => `${name} ${packages[`node_modules/${name}`].version ?? ''}`);
  // If this fails because a package was updated, increase DECODER_VERSION, so that cached images are decoded again.
  expect([DECODER_VERSION, versions]).toEqual([
    4,
    [
      '@jsquash/avif 2.1.1',
      '@jsquash/jpeg 1.6.0',
      '@jsquash/png 3.1.1',
      '@jsquash/webp 1.5.0',
      '@resvg/resvg-wasm 2.6.2',
      'jpeg-js 0.4.4',
      'libheif-js 1.23.2',
      'utif2 4.1.0',
    ],
  ]);
});
