/** The results of `npm run bench:load`: totals over all rounds, and the worst round. */
import { readRecord, thousands } from './markdown.js';

const LOAD = 'results/serve/load.json';

export function servingText() {
  const { rounds, connections, machine } = readRecord(LOAD);
  const total = (key) => rounds.reduce((sum, round) => sum + round[key], 0);
  const memory = rounds.map(({ memoryMegabytes }) => memoryMegabytes);
  const [least, most] = [Math.min(...memory), Math.max(...memory)].map((megabytes) => megabytes.toFixed(0));
  return (
    `${thousands(total('requests') / total('seconds'))} requests per second over ${connections} connections, each with the pixels of ` +
    `one digit as JSON. In the worst of ${rounds.length} rounds, 99 % of responses took at most ` +
    `${Math.max(...rounds.map(({ latency }) => latency.p99))} ms. ${thousands(total('failed'))} of ` +
    `${thousands(total('requests') + total('failed'))} requests failed, and memory stayed between ${least} and ${most} MB. ` +
    `The server and the clients shared ${machine.threads} threads of an ${machine.cpu}, ` +
    `Node.js ${machine.node.slice(1)}. The record is [${LOAD}](../${LOAD}); \`npm run bench:load -- ${LOAD}\` repeats the measurement.`
  );
}
