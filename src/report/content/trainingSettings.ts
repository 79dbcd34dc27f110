import { capitalize, formatCount } from '../../core/format.js';
import { countExcluded } from '../../data/audit/excludedImages.js';
import { formatAugmentation } from '../../plan/augmentation.js';
import { formatViews } from '../../predict/viewSettings.js';
import { optimizerOf, OPTIMIZERS, optimizerSettings } from '../../train/optimization/optimizers.js';
import { warmupEpochsOf } from '../../train/optimization/schedules.js';
import type { Table } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { roundEpochs } from './schedule.js';
import { text } from './text.js';

type Row = readonly [name: string, value: string | number];

/** The settings of a training run; those that have no effect on it are left out. */
export function settingsTable({ config, summary: { seed, environment } }: ReportRun): Table {
  const { optimizer, schedule, augment, tta, classWeights, labelSmoothing, exclude } = config;
  const { weightDecay } = optimizerOf(config);
  const warmupEpochs = warmupEpochsOf(config);
  const rows: Row[] = [
    ['Epochs', config.epochs],
    ['Batch size', config.batchSize],
    ...rowIf(config.sampling !== 'shuffled', ['Sampling', config.sampling]),
    ['Optimizer', optimizer],
    ['Learning rate', config.learningRate],
    ...rowIf(schedule !== 'constant', ['Learning rate schedule', schedule]),
    ...rowIf(schedule === 'step', ['Epochs between steps', config.stepEpochs]),
    ...rowIf(schedule === 'step', ['Factor per step', config.stepFactor]),
    ...rowIf(warmupEpochs > 0, ['Warmup (epochs)', roundEpochs(warmupEpochs)]),
    ...optimizerRows(config),
    ...rowIf(weightDecay > 0, ['Weight decay', weightDecay]),
    ...rowIf(labelSmoothing > 0, ['Label smoothing', labelSmoothing]),
    ...rowIfSet('Class weights', classWeights && spaced(String(classWeights))),
    ...rowIfSet('Training images left out', exclude && formatCount(countExcluded(exclude))),
    ...rowIfSet('Data augmentation', augment && spaced(formatAugmentation(augment))),
    ...rowIfSet('Test-time augmentation', tta && formatViews(tta)),
    ...rowIfSet('Maximum gradient norm', config.clipNorm),
    ...rowIfSet('EMA decay', config.emaDecay),
    ...rowIfSet('Early stopping patience (epochs)', config.patience),
    ['Seed (initial weights and batch order)', seed],
    ['Seed (validation split)', config.splitSeed],
    ...rowIfSet('Threads', environment?.threads),
  ];
  return {
    type: 'table',
    id: 'settings',
    caption: text`Training settings.`,
    columns: [
      { title: 'Setting', align: 'left' },
      { title: 'Value', align: 'right' },
    ],
    rows: rows.map(([name, value]) => [[name], [String(value)]]),
  };
}

/** The settings that only some optimizers have. */
function optimizerRows(config: ReportRun['config']): Row[] {
  return Object.keys(OPTIMIZERS[config.optimizer].settings).map((name) => [
    capitalize(name),
    config[name as keyof typeof optimizerSettings],
  ]);
}

function rowIf(isShown: boolean, row: Row): Row[] {
  return isShown ? [row] : [];
}

function rowIfSet(name: string, value: string | number | undefined): Row[] {
  return value === undefined ? [] : [[name, value]];
}

/** A list separated by commas, with a space after each so that it can be broken across lines. */
function spaced(list: string): string {
  return list.replaceAll(',', ', ');
}
