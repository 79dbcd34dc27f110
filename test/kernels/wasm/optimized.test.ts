import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const HOST = new URL('../../../dist/platform/host.js', import.meta.url).href;
const KERNELS = fileURLToPath(new URL('../../../dist/kernels/wasm/', import.meta.url));

/**
 * A process ends if V8's optimizing compiler fails on a function, which it otherwise compiles only when the function has run often. Without
 * the baseline compiler it has no types of calls to inline. Versions without one of the flags ignore it.
 */
const FLAGS = [
  '--no-liftoff',
  '--no-wasm-lazy-compilation',
  '--no-wasm-inlining',
  '--no-wasm-inlining-call-indirect',
];
/** `compileKernels` sets the flags that the kernels are compiled with. */
const PROGRAM = `
  import { readFileSync } from 'node:fs';
  import { setFlagsFromString } from 'node:v8';
  import { compileKernels } from ${JSON.stringify(HOST)};
  await compileKernels();
  ${FLAGS.map((flag) => `setFlagsFromString('${flag}');`).join('\n')}
  for (const name of ['fma', 'simd']) {
    const bytes = readFileSync(${JSON.stringify(KERNELS)} + name + '.wasm');
    if (WebAssembly.validate(bytes)) new WebAssembly.Module(bytes);
  }
  console.log('compiled');
`;

it('the optimizing compiler of this version of Node.js compiles all kernels', () => {
  const run = spawnSync(process.execPath, ['--input-type=module', '--eval', PROGRAM], { encoding: 'utf8' });
  expect(run.stdout, run.stderr).toBe('compiled\n');
});
