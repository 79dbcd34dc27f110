/** The sizes in README.md, from bench/results/size.json and bench/results/install.json. */
import { readRecord, table, thousands } from './markdown.js';

const kilobytes = (bytes) => `${thousands(bytes / 1000)} kB`;

export function sizeTable() {
  const { systems, bundler, date } = readRecord('bench/results/size.json');
  const rows = systems.map(({ system, version, detector, ...program }) => [
    `${system} ${version}`,
    ...['gzippedBytes', 'minifiedBytes'].map((size) =>
      [program, detector].flatMap((part) => (part === undefined ? [] : kilobytes(part[size]))).join(' + '),
    ),
  ]);
  const { detector } = systems.find((each) => each.detector !== undefined);
  return [
    table(['page that predicts', 'gzipped', 'minified'], rows),
    `JavaScript and WebAssembly, without the model; all bundled by ${bundler} on ${date} (\`npm run bench:size\`). With a model of digits, a page also loads the ${kilobytes(detector.gzippedBytes)} of weights of the [digit detector](docs/doubt.md), the second number: data, like the model's own file.`,
  ].join('\n\n');
}

export function installText() {
  const { packages, diskMegabytes } = readRecord('bench/results/install.json');
  return `An installation for production takes up ${Math.ceil(diskMegabytes)} MB of disk space and contains ${packages} packages (\`npm run bench:install\`).`;
}
