/** The numbers of docs/sweeps.md, from bench/results/sweep.json. */
import { alignedTable, duration, percent, readRecord, thousands } from './markdown.js';

const { parallel, overhead, simulation, table, regret } = readRecord('bench/results/sweep.json');
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
  const { workers, trials, complete, epoch, journalMegabytes, openSeconds, inMemory, ...decisions } =
    simulation;
  const { lowest, median, highest } = overhead.millisecondsPerTrial;
  const disk = inMemory ? ' (in memory instead of on a disk)' : '';
  return [
    `- With one trial at a time, ${overhead.trials} trials of a small network took ${Math.round(median)} ms longer per trial than the same trainings without a sweep (median of ${overhead.repetitions} repetitions, from ${String(Math.round(lowest)).replace('-', '−')} to ${Math.round(highest)} ms).`,
    `- In a simulation of ${thousands(workers)} workers and ${thousands(trials)} trials, of which ${thousands(complete)} were trained to their end, the sampler (\`${simulation.sampler}\`), the pruner (\`${simulation.pruner}\`), and the journal${disk} are real, and accuracies and times are made up. Between the end of a training and the start of the next one, they took ${decisionText(decisions.start)} for a new trial, and ${decisionText(decisions.continue)} for a paused one that is continued; an epoch took ${decisionText(epoch)}. These are times of the processor; other programs ran on the machine. Of the last 1,000 new trials, when all others are known, 99 % took at most ${milliseconds(decisions.start.processor.last.most99)}, and the mean was ${milliseconds(decisions.start.processor.last.mean)}. The journal had ${Math.round(journalMegabytes)} MB and was opened in ${duration(openSeconds)}.`,
  ].join('\n');
}

const decisionText = ({ processor: { all } }) =>
  `${milliseconds(all.mean)} on average (99 % at most ${milliseconds(all.most99)})`;

/** What became of sweeps whose processes were killed. */
export function sweepKillsText() {
  const { date, node, seeds } = readRecord('bench/results/sweep-kills.json');
  const counts = Object.values(seeds);
  const sum = (valueOf) => counts.reduce((total, each) => total + valueOf(each), 0);
  const [workers, coordinators, servers] = ['workers', 'coordinators', 'servers'].map((name) =>
    sum((each) => each[name]),
  );
  const [asha, none] = ['asha', 'none'].map((pruner) => sum(({ sweeps }) => sweeps[pruner]));
  return `In the last recorded runs (${date}, Node.js ${node.slice(1)}), ${workers + coordinators + servers} kills (SIGKILL) at random times, ${workers} of workers, ${coordinators} of the process of the sweep, and ${servers} of Redis with its append-only file, interrupted ${asha + none} sweeps of 6 trials: ${asha} with \`asha\` and a worker, and ${none} without pruner and with two workers. ${sum(({ different }) => different)} of them had other trials, epochs, weights, or test results than a sweep that was not disturbed. \`npm run bench:sweep-kills\` repeats this.`;
}

/** What ASHA saves and costs, on tables of real training runs. */
export function halvingText() {
  const { images, combinations, epochs, halving, digits } = table;
  const { trials, repetitions } = halving;
  const about = `\`report-cnn\` was trained on ${thousands(images.train)} images of MNIST with all ${combinations} combinations of two optimizers, six learning rates, three batch sizes, and with and without dropout, for ${epochs} epochs each, and validated on ${thousands(images.validation)} other images. From this table, ${thousands(repetitions)} sweeps of ${trials} random combinations each follow, one trial at a time, with \`asha\`, with \`asha-stopping\` (${halving.variants[0].rungs.join(', ')}; a third) and other rungs for it, and without a pruner. The best of full training is the best of the same ${trials} trials, all trained for ${epochs} epochs.`;
  const aboutDigits = `The same with \`mlp\` and \`lenet5\` on ${thousands(digits.images.train)} generated digits, validated on ${thousands(digits.images.validation)} others:`;
  const [same, sweeps] = ['same', 'sweeps'].map((name) => halving.optuna[name] + digits.halving.optuna[name]);
  const check = `In ${same} of ${sweeps} of the sweeps without promotion, Optuna's \`SuccessiveHalvingPruner\` with the same factor, asked after the same epochs, found the same combination after the same number of epochs.`;
  const luck =
    'Much of the difference is luck: the best of many trials is ahead by its seed. The last column compares the two combinations by runs with another seed, in the sweeps where both were trained with it.';
  return [
    about,
    halvingTable(halving),
    aboutDigits,
    halvingTable(digits.halving),
    boundText(halving, digits.halving),
    `${check} ${luck}`,
  ].join('\n\n');
}

/** Why trials are paused. */
function boundText(mnist, digits) {
  const single = ({ factor, rungs }) => factor === 6 && rungs.length === 1;
  const both = (measured) => measured.map(({ gap }) => points(gap.mean)).join(' and ');
  const promotion = [mnist, digits].map((each) => each.promotion);
  const [stopping, one] = [({ rungs }) => rungs.length === 3, single].map((isMeant) =>
    [mnist, digits].map(({ variants }) => variants.find(isMeant)),
  );
  return `\`asha\` takes ${percent(promotion[0].epochs)} of the epochs and misses the best of full training by ${both(promotion)} points on average. With ${mnist.few.trials} instead of ${mnist.trials} trials, it misses the best by ${both([mnist, digits].map(({ few }) => few))} points, since half as many are continued. Its rungs and shares were chosen by these two tables, so that other tasks may differ. Without promotion, what is ended after the first epoch is lost: \`asha-stopping\` misses the best by ${both(stopping)} points. A single rung after the first epoch is good on MNIST, but relies on the order of the trials after one epoch, and misses the best by ${both(one)} points: on the digits, networks that begin slowly end as the best.`;
}

function halvingTable({ promotion, variants, tolerance }) {
  const header = [
    'pruner',
    'epochs trained',
    'points below the best of full training: mean (95 % of the sweeps)',
    `at most ${tolerance} points below`,
    'with another seed: mean (sweeps)',
  ];
  const named = ({ rungs, factor }) =>
    rungs.length === 3 && factor === 3
      ? '`asha-stopping`'
      : `after ${rungs.join(', ')}, one of ${factor} goes on`;
  const all = [{ name: '`asha`', ...promotion }, ...variants.map((each) => ({ name: named(each), ...each }))];
  const rows = all.map(({ name, gap, within, gapAgain, epochs: share }) => [
    name,
    percent(share),
    `${points(gap.mean)} (${points(gap.lower)} to ${points(gap.upper)})`,
    percent(within),
    gapAgain ? `${points(gapAgain.mean)} (${gapAgain.repetitions})` : '-',
  ]);
  return alignedTable(header, rows);
}

const points = (value) => value.toFixed(3).replace('-', '−');

/** How the curve of docs/regret-mnist.svg was computed. */
export function tableRegretText() {
  const { optuna, trials, repetitions, last, curve } = table.regret;
  const median = (values) => points(values.median[values.median.length - 1]);
  const [low, high] = last.difference;
  return `![How far the best of each number of trials is from the best of the table, by Inkling and by Optuna](regret-mnist.svg)\n\nThe same on a table of real training runs (see [Pruners](#pruners)), whose best combination is 0: \`tpe\` and the TPE of Optuna ${optuna}, the median of ${repetitions} repetitions, and the range between the quartiles. After ${trials} trials, the median is ${median(curve.inkling)} points with Inkling and ${median(curve.optuna)} with Optuna, and the mean ${points(last.inkling)} and ${points(last.optuna)} (difference from ${points(low)} to ${points(high)}, 95 % interval); one validation image is ${points(100 / table.images.validation)} points.`;
}

/** How the curves of docs/regret.svg were measured. */
export function regretText() {
  const { optuna, trials, repetitions } = regret;
  return `![The lowest value found after each of ${trials} trials, by Inkling and by Optuna](regret.svg)\n\nThe lowest value found on four standard functions whose minimum is 0, by \`tpe\` and by the TPE of Optuna ${optuna}: the median of ${repetitions} repetitions, and the range between the quartiles.`;
}
