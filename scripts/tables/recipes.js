/** The results of the recipes, the trials that led to them, and the results of other networks with the report's settings. */
import {
  duration,
  machineOf,
  mean,
  percent,
  readRecord,
  readRecords,
  recordsOf,
  table,
  thousands,
} from './markdown.js';

/** 97.5 % quantiles of Student's t distribution by the number of runs: half a 95 % confidence interval, in standard errors. */
const T_OF_RUNS = { 3: 4.302653, 5: 2.776445 };

const meanOf = (values) => {
  const quantile = T_OF_RUNS[values.length];
  if (quantile === undefined) throw new Error(`a mean of ${values.length} runs, expected 3 or 5`);
  const center = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
  return { center, margin: quantile * Math.sqrt(variance / values.length) };
};
const withMargin = ({ center, margin }) => `${percent(center)} ± ${points(margin)}`;
const points = (fraction) => `${(100 * fraction).toFixed(2)}`;
const accuraciesOf = (runs) => runs.map(({ test }) => test.accuracy);

/** What both tables of results state about some runs that differ in their seeds. */
const RESULT_COLUMNS = ['model', 'parameters', 'epochs', 'test accuracy, seeds 0, 1, …', 'mean'];
const resultCells = (runs, accuracies = accuraciesOf(runs)) => [
  `\`${runs[0].model.name}\``,
  thousands(runs[0].model.parameters),
  runs[0].epochs.length,
  accuracies.map(percent).join(', '),
  withMargin(meanOf(accuracies)),
];

export function recipesTable() {
  const rows = ['fast', 'best'].flatMap((recipe) => {
    const records = readRecords(`results/recipes/${recipe}`);
    const kinds = [...new Set(records.map(({ dataset, model }) => `${dataset.name} ${model.name}`))]
      .sort()
      .reverse();
    return kinds.map((kind) => {
      const [dataset, model] = kind.split(' ');
      const runs = recordsOf(records, model, dataset);
      const longest = Math.max(...runs.map(({ timing }) => timing.totalSeconds));
      return [`\`${recipe}\``, dataset, ...resultCells(runs), duration(longest), machineOf(runs[0])];
    });
  });
  return table(['recipe', 'data', ...RESULT_COLUMNS, 'longest run', 'on'], rows);
}

/** What else is measured on MNIST's test images. */
export function tasksTable() {
  const [ten, digits, tiny] = ['ten-per-class', 'built-in-digits', 'tiny'].map((task) =>
    readRecords(`results/tasks/${task}`),
  );
  const onMnist = accuraciesOf(readRecords('results/tasks/built-in-digits/mnist'));
  return table(
    ['task', ...RESULT_COLUMNS],
    [
      ['10 training images of each digit', ...resultCells(ten)],
      ['trained on the built-in digits only', ...resultCells(digits, onMnist)],
      ['less than 10,000 parameters', ...resultCells(tiny)],
    ],
  );
}

/** Networks trained with the report's settings, compared with the report's own network for each seed. */
export function deeperTable() {
  const own = recordsOf(readRecords('results'), 'report-cnn');
  const others = readRecords('results/models');
  const models = [...new Set(others.map(({ model }) => model.name))];
  const row = (runs) => {
    const gains = accuraciesOf(runs).map((accuracy, seed) => accuracy - own[seed].test.accuracy);
    const gain = meanOf(gains);
    return [
      `\`${runs[0].model.name}\``,
      thousands(runs[0].model.parameters),
      `${(runs[0].model.multiplyAdds / 1e6).toFixed(1)} M`,
      accuraciesOf(runs).map(percent).join(', '),
      withMargin(meanOf(accuraciesOf(runs))),
      runs === own
        ? ''
        : `${gain.center < 0 ? '−' : '+'}${points(Math.abs(gain.center))} ± ${points(gain.margin)}`,
    ];
  };
  const header = [
    'model',
    'parameters',
    'multiply-adds',
    'test accuracy, seeds 0, 1, 2',
    'mean',
    'difference from `report-cnn`',
  ];
  return table(header, [own, ...models.map((model) => recordsOf(others, model))].map(row));
}

/** Trials for the recipe `fast`. */
export function fastTrialsTable() {
  const header = [
    'model',
    'settings',
    'epochs',
    'batch',
    'peak learning rate',
    'seed',
    'validation accuracy',
  ];
  const rows = readRecord('results/trials/fast.json').map((trial) => [
    trial.model,
    trial.settings ?? '',
    trial.epochs,
    trial.batchSize,
    trial.learningRate,
    trial.seed,
    percent(trial.validationAccuracy),
  ]);
  return table(header, rows);
}

/** Trials for what `tasksTable` shows. */
export function taskTrialsTable() {
  const rows = readRecord('results/trials/tasks.json').map((trial) => [
    trial.task,
    trial.settings,
    trial.epochs,
    trial.seed,
    percent(trial.validationAccuracy),
  ]);
  return table(['task', 'settings', 'epochs', 'seed', 'validation accuracy'], rows);
}

/** Trials for the recipe `best`. */
export function bestTrialsTable() {
  const rows = readRecord('results/trials/best.json').map((trial) => [
    trial.data,
    trial.settings,
    trial.epochs,
    trial.seed,
    percent(trial.validationAccuracy),
    trial.validationLoss?.toFixed(4) ?? '–',
  ]);
  return table(['data', 'settings', 'epochs', 'seed', 'validation accuracy', 'loss'], rows);
}
