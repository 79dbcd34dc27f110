/** What `npm run bench:load` found: all of its rounds, and the worst of them. */
import { readRecord, thousands } from './markdown.js';

const LOAD = 'results/serve/load.json';

export function servingText() {
  const { rounds, connections, machine } = readRecord(LOAD);
  const total = (key) => rounds.reduce((sum, round) => sum + round[key], 0);
  const memory = rounds.map(({ memoryMegabytes }) => memoryMegabytes);
  const [least, most] = [Math.min(...memory), Math.max(...memory)].map((megabytes) => megabytes.toFixed(0));
  return (
    `${thousands(total('requests') / total('seconds'))} requests a second from ${connections} connections, each with the pixels of ` +
    `one digit as JSON; 99 % of them are answered within ${Math.max(...rounds.map(({ latency }) => latency.p99))} ms in the worst of ` +
    `${rounds.length} rounds, ${thousands(total('failed'))} of ${thousands(total('requests') + total('failed'))} failed, and memory ` +
    `stays between ${least} and ${most} MB. Server and clients shared ${machine.threads} threads of an ${machine.cpu}, ` +
    `Node.js ${machine.node.slice(1)}. The record is [${LOAD}](../${LOAD}); \`npm run bench:load -- ${LOAD}\` repeats the measurement.`
  );
}
