/** Reads inputs one after another; the main thread watches it. */
import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { silenceDecoders } from '#inkling/images/decodeErrors.js';
import { inputOf, judge, openCorpus } from './judge.js';
import { ACCEPTED, CURRENT, READ, type WorkerMessage, type WorkerTask } from './protocol.js';
import { openTarget } from './targets/index.js';

/** Node.js frees what decompression used only between tasks, as in a program that reads files. */
const INPUTS_PER_TASK = 1000;

const { target, seed, state, from, to } = workerData as WorkerTask;
const send = (message: WorkerMessage) => parentPort?.postMessage(message);

silenceDecoders();
const corpus = await openCorpus(await openTarget(target));
send({ type: 'ready' });
for (let index = from; index < to; index++) {
  Atomics.store(state, CURRENT, index);
  const { isAccepted, finding } = await judge(corpus, inputOf(corpus, seed, index), index);
  Atomics.add(state, READ, 1);
  if (isAccepted) Atomics.add(state, ACCEPTED, 1);
  if (finding !== undefined) send({ type: 'finding', finding });
  if (index % INPUTS_PER_TASK === 0) await setImmediate();
}
send({ type: 'done' });
