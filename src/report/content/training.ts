import { backboneNamed } from '../../backbones/catalog.js';
import { formatLastStages, HEAD_SETTINGS, publishedNetworkOf, trainsHeadOnly } from '../../train/fineTune.js';
import { formatCount, formatPercent, formatPlural, formatSeconds } from '../../core/format.js';
import { describeHardware } from '../../train/device/usedDevices.js';
import type { Section, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { code, reference, sentences, text } from './text.js';
import { trainingListing } from './listings.js';
import { curveBlocks } from './trainingCurves.js';
import { settingsTable } from './trainingSettings.js';
import { verificationBlocks } from './verification.js';

type Timing = ReportRun['summary']['timing'];

/** @param runs all runs of the report, of which it states whether they were verified */
export function trainingSection(run: ReportRun, runs: readonly ReportRun[] = [run]): Section {
  const isImported = run.summary.stopReason === 'imported';
  return {
    id: 'training',
    title: 'Training and validation',
    blocks: isImported
      ? [
          {
            type: 'paragraph',
            text: text`The weights were trained elsewhere and imported; no record of their training is available.`,
          },
        ]
      : [
          { type: 'paragraph', text: overview(run) },
          settingsTable(run),
          ...curveBlocks(run, runs.length > 1),
          ...trainingListing(run),
          ...verificationBlocks(runs),
        ],
    subsections: [],
  };
}

function overview({ config, summary }: ReportRun): Text {
  const { timing, environment, dataset, epochs } = summary;
  return sentences(
    text`The network was trained for ${formatPlural(epochs.length, 'epoch')} on ${formatCount(dataset.train)} images with a batch size of ${config.batchSize}.`,
    config.sampling === 'balanced'
      ? text`The images of each epoch were drawn with replacement, each with a probability inversely proportional to the number of training images of its class (balanced sampling).`
      : [],
    duration(timing),
    environment === undefined
      ? []
      : text`It ran on ${describeHardware(environment)} (${environment.platform}, Node.js ${environment.node}).`,
    ...initialization(config, summary.newHead),
    ...selection(summary, config.monitor),
    text`${reference('settings')} lists the training settings.`,
  );
}

/** Of the whole run, and its memory, only as far as they are recorded. */
function duration({ trainSeconds, imagesPerSecond, totalSeconds, peakMemoryMB }: Timing): Text {
  const training = `Training took ${formatSeconds(trainSeconds)} (${formatCount(imagesPerSecond)} images/s)`;
  return totalSeconds === undefined || peakMemoryMB === undefined
    ? text`${training}.`
    : text`${training}; the whole run, including validation and testing, took ${formatSeconds(totalSeconds)}. By its end, the process, which may have trained other runs before, had used up to ${formatCount(peakMemoryMB)} MB of memory.`;
}

/** What the weights were initialized from, unless they were random. */
function initialization(config: ReportRun['config'], newHead: string | undefined): Text[] {
  const { initFrom, freeze, fineTune, trainBatchNorm } = config;
  const network = publishedNetworkOf(config);
  if ((initFrom ?? network) === undefined) return [];
  return [
    network === undefined ? [] : published(network),
    initFrom === undefined
      ? []
      : text`Training was initialized from the weights of ${code(initFrom.replace(/.*[/\\]/, ''))}.`,
    newHead === undefined
      ? []
      : text`The layer ${code(newHead)} was re-initialized for the classes of this data set.`,
    trainsHeadOnly(config)
      ? text`All layers but the last one were frozen, including their batch normalization statistics.`
      : [],
    freeze === undefined
      ? []
      : text`The layers matching ${code(freeze.join(', '))} were frozen, including their batch normalization statistics.`,
    fineTune === undefined
      ? []
      : text`First, a new last layer was trained alone for ${HEAD_SETTINGS.epochs} epochs, if there was one. Then ${formatLastStages(fineTune)} and the last layer were trained, ${trainBatchNorm === true ? 'including their' : 'without'} batch normalization; the learning rate of each stage was half of that of the next one, and a tenth of that of the last layer in the last stage.`,
  ];
}

/** Where published weights come from. */
function published(network: string): Text {
  const { citation, license } = backboneNamed(network);
  return text`Training was initialized from the published weights of ${code(network)}, which were trained on ImageNet (${citation}; license: ${license}).`;
}

/** Which epoch's weights were tested, and whether training stopped early. */
function selection(
  { stopReason, epochs, best }: ReportRun['summary'],
  monitor: ReportRun['config']['monitor'],
): Text[] {
  if (best === undefined) return [];
  const accuracy = formatPercent(best.validationAccuracy);
  if (epochs.length === 1) return [text`The validation accuracy was ${accuracy}.`];
  return [
    monitor === 'accuracy'
      ? text`The weights of epoch ${best.epoch}, which had the highest validation accuracy (${accuracy}), were used for testing.`
      : text`The weights of epoch ${best.epoch}, which had the lowest validation loss (accuracy ${accuracy}), were used for testing.`,
    stopReason === 'early'
      ? text`Early stopping ended the training ${formatPlural(epochs.length - best.epoch, 'epoch')} later.`
      : [],
  ];
}
