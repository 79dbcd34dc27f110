import { expect, test } from 'vitest';
import { DecoderThread } from '#inkling/images/decoderThread.js';

/** A worker that shares an empty module and responds with the names of those that it was started with. */
const WORKER = `
  import { parentPort, workerData } from 'node:worker_threads';
  parentPort.postMessage({ timeFile: undefined });
  parentPort.on('message', () => {
    const module = new WebAssembly.Module(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0));
    parentPort.postMessage({ decoder: { file: 'empty.wasm', module } });
    parentPort.postMessage({ response: workerData.decoders.map(({ file, module }) => [file, String(module)]) });
  });`;

test('passes decoders that one thread has compiled to threads that start later', async () => {
  const responses: unknown[] = [];
  for (let i = 0; i < 2; i++) {
    const thread = new DecoderThread<null, unknown>(
      new URL(`data:text/javascript,${encodeURIComponent(WORKER)}`),
    );
    responses.push(await thread.request(null, { timeoutMs: 10_000 }));
    await thread.stop();
  }
  expect(responses).toEqual([
    { response: [] },
    { response: [['empty.wasm', '[object WebAssembly.Module]']] },
  ]);
});
