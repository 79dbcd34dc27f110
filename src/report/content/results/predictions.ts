import { formatPlural } from '../../../core/format.js';
import type { RecordedPrediction } from '../../../runs/predictionRecord.js';
import type { Block, Subsection } from '../../document.js';
import { drawPredictions } from '../../draw/predictions.js';
import type { ReportRun } from '../../reportRun.js';
import { calibratedExamples } from './runMetrics.js';
import { reference, text } from '../text.js';

const MAX_CORRECT = 20;
const MAX_ERRORS = 12;

/** Test images with their predicted probabilities: correctly classified ones, and the most confident errors. */
export function predictionsSubsection(run: ReportRun): Subsection {
  const { predictionRecord, saved } = run;
  const { classes, model } = saved;
  const { labels, predictions } = predictionRecord;
  const labeled = calibratedExamples(run).map((prediction) => ({ ...prediction, label: labels[prediction.image] }));
  const isCorrect = ({ image }: RecordedPrediction) => predictions[image] === labels[image];
  const correct = classes
    .flatMap((_, label) => labeled.find((each) => each.label === label && isCorrect(each)) ?? [])
    .slice(0, MAX_CORRECT);
  const errors = labeled.filter((each) => !isCorrect(each)).slice(0, MAX_ERRORS);
  const errorCount = labels.filter((label, image) => predictions[image] !== label).length;
  const calibrated =
    run.summary.calibration === undefined ? '' : ' and their calibrated probabilities';
  const blocks: Block[] = [];
  if (correct.length > 0) {
    blocks.push(
      {
        type: 'paragraph',
        text: text`${reference('correct-predictions')} shows the first correctly classified test image of each class, with the classes that the network considers most likely${calibrated}.`,
      },
      {
        type: 'figure',
        id: 'correct-predictions',
        caption: text`The first correctly classified test image of each class, with the most likely classes and their probabilities. The bar of the true class is blue.`,
        altText: `${formatPlural(correct.length, 'correctly classified test image')}, each with its highest predicted probabilities.`,
        graphic: { type: 'drawing', drawing: drawPredictions(correct, model.input, classes) },
      },
    );
  }
  if (errors.length > 0) {
    blocks.push(
      {
        type: 'paragraph',
        text: text`The network misclassified ${formatPlural(errorCount, 'test image')}. ${reference('errors')} shows the errors made with the highest confidence.`,
      },
      {
        type: 'figure',
        id: 'errors',
        caption: text`Misclassified test images, most confident errors first. The bar of the true class is blue, those of other classes are orange.`,
        altText: `${formatPlural(errors.length, 'misclassified test image')}: ${errors.map(({ label, image }) => `${classes[label]} predicted as ${classes[predictions[image]]}`).join(', ')}.`,
        graphic: { type: 'drawing', drawing: drawPredictions(errors, model.input, classes) },
      },
    );
  }
  return { id: 'example-predictions', title: 'Example predictions', blocks };
}
