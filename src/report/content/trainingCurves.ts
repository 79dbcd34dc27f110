import { formatLoss, formatPercent, formatPlural } from '../../core/format.js';
import { type Curve, curveChart, type CurveOptions } from '../charts/curves.js';
import { accuracyCurves, lossCurves } from '../charts/trainingCurves.js';
import type { Block, Figure, Text } from '../document.js';
import type { ReportRun } from '../reportRun.js';
import { reference, sentences, text } from './text.js';

type Epochs = ReportRun['summary']['epochs'];

const HOW_MEASURED = text`Training values are averages over an epoch, computed while the weights change; validation values are measured at the end of the epoch.`;

/**
 * The loss and accuracy of every epoch.
 *
 * @param isOneOfSeveral whether captions say which run is shown
 */
export function curveBlocks(
  { summary: { epochs, best, seed } }: ReportRun,
  isOneOfSeveral: boolean,
): Block[] {
  if (epochs.length === 0) return [];
  // A figure of one epoch would have a single point.
  if (epochs.length === 1) return [{ type: 'paragraph', text: singleEpochText(epochs[0]) }];
  const which = isOneOfSeveral ? ` (seed ${seed})` : '';
  const figure = (
    quantity: string,
    curves: readonly Curve[],
    options: Omit<CurveOptions, 'bestEpoch'>,
  ): Omit<Figure, 'id' | 'caption'> => ({
    type: 'figure',
    altText: `Line chart of the ${quantity} over ${formatPlural(epochs.length, 'epoch')}; final values: ${curves.map(({ title, values }) => `${title} ${options.format(values[values.length - 1])}`).join(', ')}.`,
    graphic: { type: 'chart', chart: curveChart(curves, { ...options, bestEpoch: best?.epoch }) },
  });
  return [
    { type: 'paragraph', text: lossText(epochs) },
    {
      ...figure('loss', lossCurves(epochs), {
        axis: 'cross-entropy loss',
        format: formatLoss,
      }),
      id: 'loss',
      caption: text`Training and validation loss per epoch${which}. The axis does not start at zero.`,
    },
    {
      ...figure('accuracy', accuracyCurves(epochs), {
        axis: 'accuracy (%)',
        format: (percent) => formatPercent(percent / 100),
      }),
      id: 'accuracy',
      caption: text`Training and validation accuracy per epoch${which}. The axis does not start at zero.`,
    },
  ];
}

function lossText(epochs: Epochs): Text {
  const [first, last] = [epochs[0], epochs[epochs.length - 1]];
  return sentences(
    text`From the first to the last epoch, the training loss changed from ${formatLoss(first.trainLoss)} to ${formatLoss(last.trainLoss)} and the validation loss from ${formatLoss(first.validationLoss)} to ${formatLoss(last.validationLoss)} (${reference('loss')}).`,
    text`${reference('accuracy')} shows the accuracy.`,
    HOW_MEASURED,
  );
}

function singleEpochText({
  trainLoss,
  trainAccuracy,
  validationLoss,
  validationAccuracy,
}: Epochs[number]): Text {
  const accuracies =
    trainAccuracy === undefined
      ? text`The validation accuracy was ${formatPercent(validationAccuracy)}.`
      : text`The training accuracy was ${formatPercent(trainAccuracy)} and the validation accuracy ${formatPercent(validationAccuracy)}.`;
  return sentences(
    text`The training loss was ${formatLoss(trainLoss)} and the validation loss ${formatLoss(validationLoss)}.`,
    accuracies,
    HOW_MEASURED,
  );
}
