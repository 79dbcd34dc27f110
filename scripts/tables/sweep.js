/** The numbers of docs/sweeps.md, from bench/results/sweep.json. */
import { alignedTable, duration, percent, readRecord, thousands } from './markdown.js';

const { parallel, overhead, simulation, halving, regret } = readRecord('bench/results/sweep.json');
const milliseconds = (value) => `${value.toPrecision(2)} ms`;

/** Whole sweeps with one trial at a time on all cores, and with one per core. */
export function parallelTable() {
  const { rows, trials, epochs, images, cores, cpu } = parallel;
  const models = [...new Set(rows.map(({ model }) => model))];
  const counts = [...new Set(rows.map((row) => row.parallel))];
  const body = models.map((model) => [
    model,
    ...counts.map((count) =>
      duration(rows.find((row) => row.model === model && row.parallel === count).seconds),
    ),
  ]);
  const header = counts.map((count) =>
    count === 1 ? `1 at a time, ${cores} threads` : `${count} at a time, 1 thread each`,
  );
  const caption = `A sweep of ${trials} trials of ${epochs} epochs on ${thousands(images)} generated digits, on ${cores} cores of an ${cpu}:`;
  return `${caption}\n\n${alignedTable(['model', ...header], body)}`;
}

/** What a sweep takes besides training. */
export function costsText() {
  const { workers, trials, next, epoch, journalMegabytes, openSeconds, inMemory } = simulation;
  const { lowest, median, highest } = overhead.millisecondsPerTrial;
  const disk = inMemory ? ' (in memory instead of on a disk)' : '';
  return [
    `- With one trial at a time, ${overhead.trials} trials of a small network took ${Math.round(median)} ms longer per trial than the same trainings without a sweep (median of ${overhead.repetitions} repetitions, from ${String(Math.round(lowest)).replace('-', '−')} to ${Math.round(highest)} ms).`,
    `- In a simulation of ${thousands(workers)} workers and ${thousands(trials)} trials, in which TPE, ASHA, and the journal${disk} are real and accuracies and times are made up, the next trial was decided on and recorded in ${milliseconds(next.lastMedian)} (median of the last 1,000 trials; 99 % took at most ${milliseconds(next.last99)}), and an epoch in ${milliseconds(epoch.lastMedian)}. The journal had ${Math.round(journalMegabytes)} MB and was opened in ${duration(openSeconds)}.`,
  ].join('\n');
}

/** What ASHA saves and costs. */
export function halvingText() {
  const { trials, epochs, images, asha, full } = halving;
  return `Of ${trials} trials of \`report-cnn\` on ${thousands(images)} generated digits, the best one with \`asha\` had a validation accuracy of ${percent(asha.best)} (of ${thousands(images / 10)} images), and ${percent(full.best)} if all were trained for ${epochs} epochs; \`asha\` trained ${thousands(asha.epochs)} epochs instead of ${thousands(full.epochs)}.`;
}

/** How the curves of docs/regret.svg were measured. */
export function regretText() {
  const { optuna, trials, repetitions } = regret;
  return `![The lowest value found after each of ${trials} trials, by Inkling and by Optuna](regret.svg)\n\nThe lowest value found on four standard functions whose minimum is 0, by \`tpe\` and by the TPE of Optuna ${optuna}: the median of ${repetitions} repetitions, and the range between the quartiles.`;
}
