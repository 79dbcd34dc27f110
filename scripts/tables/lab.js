/** The results of `npm run bench:lab`. */
import { alignedTable, readRecord, thousands } from './markdown.js';

const RECORD = 'bench/results/lab.json';
const KILOBYTE = 1000;

export function labText() {
  const { firstLoad, epochs, trainings, machine, chromium, date, commit } = readRecord(RECORD);
  const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
  const of = (name) => trainings.map((each) => each[name]);
  const ms = (value) => `${value.toFixed(0)} ms`;
  const seconds = (value) => `${value.toFixed(2)} s`;
  const longTasks = of('longTasks').map(({ length }) => length);
  const row = (title, values, format) => [
    title,
    format(median(values)),
    `${format(Math.min(...values))} to ${format(Math.max(...values))}`,
  ];
  return [
    `The [lab](lab.md) in headless Chromium ${chromium}, with the report's CNN and the built-in digits: ${trainings.length} trainings of ${epochs} epochs ` +
      `in one tab, pressing “Start” included. The first load is ${thousands(firstLoad.bytes / KILOBYTE)} kB in ${firstLoad.files} files.`,
    alignedTable(
      ['', 'median', 'range'],
      [
        row('first epoch of 1,500 images, from pressing “Start”', of('firstEpochSeconds'), seconds),
        row('images per second, in the last epoch', of('imagesPerSecond'), thousands),
        row('delay of a timer: 99th percentile', of('delayMs99'), ms),
        row('delay of a timer: longest', of('longestDelayMs'), ms),
        row('tasks of 50 ms or more', longTasks, String),
        row('frames per second', of('framesPerSecond'), (value) => value.toFixed(1)),
        row('memory afterwards', of('memoryMegabytes'), (value) => `${value.toFixed(1)} MB`),
      ],
    ),
    `Measured with \`npm run bench:lab\` on ${machine.cpu} (${machine.cores} cores), commit ${commit}, ${date.slice(0, 10)}. See [the results](../${RECORD}).`,
  ].join('\n\n');
}
