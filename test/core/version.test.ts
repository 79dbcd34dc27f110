import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { VERSION } from '#inkling/core/version.js';

test('is the version in package.json', () => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect(VERSION).toBe(z.object({ version: z.string() }).parse(JSON.parse(text)).version);
});
