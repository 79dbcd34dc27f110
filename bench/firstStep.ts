/** The process that times a start: says when training begins, as `inkling train` would do it, and ends. */
import '#inkling/cli/program.js';
import { loadDataset } from '#inkling/data/load.js';
import { parseConfig } from '#inkling/train/config.js';
import { trainRun } from '#inkling/train/run.js';

const [, , dataset, runDir] = process.argv;
const config = parseConfig({ dataset, runDir });
const stop = new AbortController();

await trainRun(config, await loadDataset({ name: dataset, environment: process.env }), {
  command: 'bench',
  signal: stop.signal,
  onEvent(event) {
    if (event.type !== 'progress' || stop.signal.aborted) return;
    const trainedSeconds = (event.step * config.batchSize) / event.imagesPerSecond;
    const began = performance.timeOrigin + performance.now() - trainedSeconds * 1000;
    process.stdout.write(JSON.stringify({ began }));
    stop.abort();
  },
});
