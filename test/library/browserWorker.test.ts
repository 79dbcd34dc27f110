import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

/** The built script, as text. */
const SCRIPT = new URL('../../dist/browser/_virtual/_inkling_worker.js', import.meta.url);

test('the script of workers of a page loads, and waits for a program', async () => {
  const { default: script } = (await import(SCRIPT.href)) as { default: string };
  const scope: Record<string, unknown> = { TextDecoder, TextEncoder, WebAssembly, performance };
  runInNewContext(script, Object.assign(scope, { self: scope }));
  expect(typeof scope.onmessage).toBe('function');
});
