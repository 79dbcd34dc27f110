import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';

test.each(['worker', 'gpuWorker'])('the script %s of a page loads, and waits for a program', async (name) => {
  // The built script, as text.
  const { href } = new URL(`../../dist/browser/_virtual/_inkling_${name}.js`, import.meta.url);
  const { default: script } = (await import(href)) as { default: string };
  const scope: Record<string, unknown> = { TextDecoder, TextEncoder, WebAssembly, performance };
  runInNewContext(script, Object.assign(scope, { self: scope }));
  expect(typeof scope.onmessage).toBe('function');
});
