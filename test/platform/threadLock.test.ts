import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startLockedWorker, withThreadLock } from '#inkling/platform/threadLock.js';

/** Runs a body that has the module `NAME` of `platform/` and the data of the worker. */
function start(name: string, body: string, workerData: unknown) {
  const module = import.meta.resolve(`#inkling/platform/${name}.js`);
  const program = `const { workerData, parentPort } = require('node:worker_threads');
    import('${module}').then((module) => { ${body} });`;
  return startLockedWorker(program, { eval: true, workerData });
}

test('a worker is terminated after what it does with the lock', async () => {
  const flags = new Int32Array(new SharedArrayBuffer(8));
  const { worker, terminate } = start(
    'threadLock',
    `module.withThreadLock(() => {
       parentPort.postMessage('started');
       Atomics.wait(workerData, 0, 0, 200);
       workerData[1] = 1;
     });
     for (;;);`,
    flags,
  );
  await once(worker, 'message');
  await terminate();
  expect(flags[1]).toBe(1);
});

test('threads that unpack data can be terminated at any time', async () => {
  for (let count = 0; count < 20; count += 1) {
    const { worker, terminate } = start(
      'zlib',
      `parentPort.postMessage('started'); for (;;) module.createGunzip();`,
      undefined,
    );
    await once(worker, 'message');
    await new Promise((resolve) => setTimeout(resolve, count % 8));
    await terminate();
  }
});

test('outside of workers there is no lock', () => {
  expect(withThreadLock(() => 1)).toBe(1);
});
