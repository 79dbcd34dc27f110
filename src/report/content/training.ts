import { formatCount, formatLoss, formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import { optimizerOf } from '../../train/optimizers.js';
import { warmupEpochsOf } from '../../train/schedules.js';
import { formatAugmentation } from '../../plan/augmentation.js';
import { formatViews } from '../../predict/views.js';
import { curveChart } from '../charts/curves.js';
import { accuracyCurves, lossCurves } from '../charts/trainingCurves.js';
import type { Block, Section, Text } from '../document.js';
import type { ReportRun } from '../runs.js';
import { roundEpochs } from './objective.js';
import { code, reference, sentences, text } from './text.js';

export function trainingSection(run: ReportRun): Section {
  const { summary } = run;
  const blocks: Block[] =
    summary.stopReason === 'imported'
      ? [
          {
            type: 'paragraph',
            text: text`The weights were trained elsewhere and imported; nothing is recorded of their training.`,
          },
        ]
      : [{ type: 'paragraph', text: account(run) }, settings(run), ...curves(run)];
  return { id: 'training', title: 'Training', blocks, subsections: [] };
}

function account({ config, summary }: ReportRun): Text {
  const { timing, environment, dataset, epochs, best } = summary;
  const chosen =
    best === undefined
      ? []
      : text`Validation chose the weights of epoch ${best.epoch}, which had ${formatPercent(best.validationAccuracy)} of the validation images right.`;
  return sentences(
    text`${formatPlural(epochs.length, 'epoch')} over ${formatCount(dataset.train)} images in batches of ${config.batchSize} took ${formatSeconds(timing.trainSeconds)}, ${formatCount(timing.imagesPerSecond)} images a second, and ${formatSeconds(timing.totalSeconds)} with validation and test.`,
    text`They ran on ${environment.cpu} with ${environment.threads} threads (${environment.platform}, Node.js ${environment.node}) and took up to ${formatCount(timing.peakMemoryMB)} MB of memory.`,
    ...startedFrom(config, summary.newHead),
    chosen,
    stoppedEarly(summary),
    text`${reference('settings')} holds the settings.`,
  );
}

/** What the run started from, where that was no network of random weights. */
function startedFrom({ initFrom, freeze }: ReportRun['config'], newHead: string | undefined): Text[] {
  if (initFrom === undefined) return [];
  return [
    text`Training started from the weights of ${code(initFrom.replace(/.*[/\\]/, ''))}.`,
    newHead === undefined
      ? []
      : text`Its layer ${code(newHead)} was made anew, for the classes of this data.`,
    freeze === undefined
      ? []
      : text`The layers of ${code(freeze.join(', '))} stayed as they were, and went by the running statistics they came with.`,
  ];
}

function stoppedEarly({ stopReason, epochs, best }: ReportRun['summary']): Text {
  if (stopReason !== 'early' || best === undefined) return [];
  const others = epochs.length - best.epoch;
  return text`Training stopped early, as it had been set to, ${formatPlural(others, 'epoch')} behind that one.`;
}

function settings({ config, summary: { seed, environment } }: ReportRun): Block {
  const {
    epochs,
    batchSize,
    optimizer,
    learningRate,
    momentum,
    augment,
    tta,
    labelSmoothing,
    classWeights,
    schedule,
    splitSeed,
  } = config;
  const { weightDecay } = optimizerOf(config);
  const warmupEpochs = warmupEpochsOf(config);
  const rows: [string, string | number][] = [
    ['Epochs', epochs],
    ['Images a step', batchSize],
    ['Optimizer', optimizer],
    ['Learning rate', learningRate],
    ...rowsIf(schedule !== 'constant', ['Schedule of the rate', schedule]),
    ...rowsIf(schedule === 'step', ['Epochs a step of the rate', config.stepEpochs]),
    ...rowsIf(schedule === 'step', ['Factor of a step', config.stepFactor]),
    ...rowsIf(warmupEpochs > 0, ['Epochs of rising rate', roundEpochs(warmupEpochs)]),
    ...rowsIf(optimizer === 'sgd' || optimizer === 'nesterov', ['Momentum', momentum]),
    ...rowsIf(weightDecay > 0, ['Weight decay', weightDecay]),
    ...rowsIf(labelSmoothing > 0, ['Label smoothing', labelSmoothing]),
    ...rowsIf(classWeights !== undefined, ['Class weights', String(classWeights).replaceAll(',', ', ')]),
    ...rowsIf(augment !== undefined, ['Augmentation', formatAugmentation(augment).replaceAll(',', ', ')]),
    ...rowsOf('Views of a test image', tta && formatViews(tta)),
    ...rowsOf('Longest gradient', config.clipNorm),
    ...rowsOf('Decay of the averaged weights', config.emaDecay),
    ...rowsOf('Patience in epochs', config.patience),
    ['Seed of weights and batches', seed],
    ['Seed of the split', splitSeed],
    ['Threads', environment.threads],
  ];
  return {
    type: 'table',
    id: 'settings',
    caption: text`The settings of the training.`,
    columns: [
      { title: 'Setting', align: 'left' },
      { title: 'Value', align: 'right' },
    ],
    rows: rows.map(([name, value]) => [[name], [String(value)]]),
  };
}

/** A row that is there only where it says something. */
function rowsIf(isShown: boolean, row: [string, string | number]): [string, string | number][] {
  return isShown ? [row] : [];
}

function rowsOf(name: string, value: string | number | undefined): [string, string | number][] {
  return value === undefined ? [] : [[name, value]];
}

function curves({ summary: { epochs, best } }: ReportRun): Block[] {
  if (epochs.length === 0) return [];
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  const bestEpoch = best?.epoch;
  const accuracies = accuracyCurves(epochs);
  return [
    {
      type: 'paragraph',
      text: sentences(
        epochs.length === 1
          ? text`The training loss came to ${formatLoss(last.trainLoss)} and the validation loss to ${formatLoss(last.validationLoss)} (${reference('loss')}); ${reference('accuracy')} shows the accuracies.`
          : text`From the first to the last epoch, the training loss went from ${formatLoss(first.trainLoss)} to ${formatLoss(last.trainLoss)} and the validation loss from ${formatLoss(first.validationLoss)} to ${formatLoss(last.validationLoss)} (${reference('loss')}); ${reference('accuracy')} shows the accuracies.`,
        text`Training values are means over an epoch while the weights still move; validation is done at its end.`,
      ),
    },
    {
      type: 'figure',
      id: 'loss',
      caption: text`Loss of training and validation, epoch by epoch.`,
      alternative: `Line chart of the losses over ${formatPlural(epochs.length, 'epoch')}: training ends at ${formatLoss(last.trainLoss)}, validation at ${formatLoss(last.validationLoss)}.`,
      picture: {
        type: 'chart',
        chart: curveChart(lossCurves(epochs), {
          axis: 'cross-entropy an image',
          format: formatLoss,
          axisFormat: '~g',
          bestEpoch,
        }),
      },
    },
    {
      type: 'figure',
      id: 'accuracy',
      caption: text`Accuracy of training and validation, epoch by epoch.`,
      alternative: `Line chart of the accuracies over ${formatPlural(epochs.length, 'epoch')}: ${accuracies.map(({ title, values }) => `${title} ends at ${formatPercent(values[values.length - 1] / 100)}`).join(', ')}.`,
      picture: {
        type: 'chart',
        chart: curveChart(accuracies, {
          axis: 'accuracy in percent',
          format: (percent) => formatPercent(percent / 100),
          axisFormat: '~g',
          bestEpoch,
        }),
      },
    },
  ];
}
