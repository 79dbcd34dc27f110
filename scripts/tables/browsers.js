/** The results of `npm run bench:browsers`. */
import { alignedTable, readRecord, thousands } from './markdown.js';

const RECORD = 'bench/results/browsers.json';

export function browsersText() {
  const { rows, machine, versions, chromium, date, commit } = readRecord(RECORD);
  const systems = [...new Set(rows.map(({ system }) => system))];
  const cell = (system, task) => {
    const row = rows.find((each) => each.system === system && each.task === task);
    if (row === undefined) return '–';
    const { imagesPerSecond } = row;
    return imagesPerSecond < 10 ? imagesPerSecond.toFixed(1) : thousands(imagesPerSecond);
  };
  const threads = Math.max(...rows.filter(({ task }) => task === 'training').map((row) => row.threads));
  const speedOf = (title) => rows.find(({ system, task }) => task === 'training' && title.test(system));
  const [inPage, inNode] = [speedOf(/^Inkling .*Chromium/), speedOf(/^Inkling [^(]*$/)];
  const ratio = inPage.imagesPerSecond / inNode.imagesPerSecond;
  const spread = Math.max(...rows.map((row) => row.spread));
  return [
    `The report's CNN in batches of 64, in images per second, in headless Chromium ${chromium} and in Node.js ${versions.node}: ` +
      `training with ${threads} threads, inference with one. In the browser, \`fit\` trains at ${(100 * ratio).toFixed(0)} % of the speed in Node.js.`,
    alignedTable(
      ['', 'training', 'inference'],
      systems.map((system) => [
        system.includes('Chromium') ? system : `${system} (Node.js)`,
        cell(system, 'training'),
        cell(system, 'inference'),
      ]),
    ),
    'tfjs-wasm has no gradient of the weights of a convolution, so that it cannot train this network. This machine has no GPU: WebGL runs on ' +
      'its processor (SwiftShader), and jax-js on its WebAssembly backend; nothing was compared with a GPU.',
    `Measured with \`npm run bench:browsers\` on ${machine.cpu} (${machine.cores} cores), commit ${commit}, ${date.slice(0, 10)}: medians of up to ` +
      `5 interleaved rounds, which spread by up to ${(100 * spread).toFixed(0)} %; of a system whose steps take seconds, one round. See [the results](../${RECORD}).`,
  ].join('\n\n');
}
