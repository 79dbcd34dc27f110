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

const SEEDS = 3;
/** 97.5 % quantile of Student's t distribution with two degrees of freedom: half a 95 % confidence interval, in standard errors. */
const T_OF_SEEDS = 4.302653;

const meanOf = (values) => {
  if (values.length !== SEEDS) throw new Error(`a mean of ${values.length} runs, expected ${SEEDS}`);
  const center = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
  return { center, margin: T_OF_SEEDS * Math.sqrt(variance / values.length) };
};
const withMargin = ({ center, margin }) => `${percent(center)} ± ${points(margin)}`;
const points = (fraction) => `${(100 * fraction).toFixed(2)}`;
const accuraciesOf = (runs) => runs.map(({ test }) => test.accuracy);

export function recipesTable() {
  const rows = ['fast', 'best'].flatMap((recipe) => {
    const records = readRecords(`results/recipes/${recipe}`);
    const kinds = [...new Set(records.map(({ dataset, model }) => `${dataset.name} ${model.name}`))]
      .sort()
      .reverse();
    return kinds.map((kind) => {
      const [dataset, model] = kind.split(' ');
      const runs = recordsOf(records, model, dataset);
      return [
        `\`${recipe}\``,
        dataset,
        `\`${model}\``,
        thousands(runs[0].model.parameters),
        runs[0].epochs.length,
        accuraciesOf(runs).map(percent).join(', '),
        withMargin(meanOf(accuraciesOf(runs))),
        duration(Math.max(...runs.map(({ timing }) => timing.totalSeconds))),
      ];
    });
  });
  const [record] = readRecords('results/recipes/best');
  const header = [
    'recipe',
    'data',
    'model',
    'parameters',
    'epochs',
    'test accuracy, seeds 0, 1, 2',
    'mean',
    'longest run',
  ];
  return [table(header, rows), '', `On ${machineOf(record)}.`].join('\n');
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
  const header = ['epochs', 'batch', 'peak learning rate', 'seed', 'validation accuracy'];
  const rows = readRecord('results/trials/fast.json').map((trial) => [
    trial.epochs,
    trial.batchSize,
    trial.learningRate,
    trial.seed,
    percent(trial.validationAccuracy),
  ]);
  return table(header, rows);
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
