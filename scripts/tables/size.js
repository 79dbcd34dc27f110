/** The sizes in README.md, from bench/results/size.json and bench/results/install.json. */
import { readRecord, table, thousands } from './markdown.js';

export function sizeTable() {
  const { systems, bundler, date } = readRecord('bench/results/size.json');
  const kilobytes = (bytes) => `${thousands(bytes / 1000)} kB`;
  const rows = systems.map(({ system, version, minifiedBytes, gzippedBytes }) => [
    `${system} ${version}`,
    kilobytes(gzippedBytes),
    kilobytes(minifiedBytes),
  ]);
  return [
    table(['page that predicts', 'gzipped', 'minified'], rows),
    `JavaScript and WebAssembly, without the model; all bundled by ${bundler} on ${date} (\`npm run bench:size\`).`,
  ].join('\n\n');
}

export function installText() {
  const { packages, diskMegabytes } = readRecord('bench/results/install.json');
  return `An installation for production takes up ${Math.ceil(diskMegabytes)} MB of disk space and contains ${packages} packages (\`npm run bench:install\`).`;
}
