import { formatCount, formatPlural } from '../../core/format.js';
import type { RecordedPrediction } from '../../runs/predictionRecord.js';
import type { Block, Subsection } from '../document.js';
import { drawAnswers } from '../draw/sheets.js';
import type { ReportRun } from '../runs.js';
import { reference, text } from './text.js';

const SHOWN_MISTAKES = 12;
const SHOWN_RIGHT = 20;

/** What the network answers to single images: some it has right, and the mistakes it is surest of. */
export function predictions({ evidence, saved: { classes, model } }: ReportRun): Subsection {
  const { answers, labels, predictions: predicted } = evidence;
  const answered = (answer: RecordedPrediction) => ({ ...answer, label: labels[answer.image] });
  const isRight = ({ image }: RecordedPrediction) => predicted[image] === labels[image];
  const right = classes
    .flatMap((_, label) =>
      answers.filter((each) => isRight(each) && labels[each.image] === label).slice(0, 1),
    )
    .slice(0, SHOWN_RIGHT)
    .map(answered);
  const wrong = answers.filter((each) => !isRight(each)).map(answered);
  const wrongCount = labels.filter((label, image) => predicted[image] !== label).length;
  const blocks: Block[] = [];
  if (right.length > 0) {
    blocks.push({
      type: 'paragraph',
      text: text`${reference('predictions')} shows a test image of each class with the probabilities of the three classes that the network finds most likely.`,
    });
    blocks.push({
      type: 'figure',
      id: 'predictions',
      caption: text`Test images with the network’s answers; the bar of the true class is blue.`,
      alternative: `${formatPlural(right.length, 'test image')} with right answers, each with the probabilities of three classes.`,
      picture: { type: 'drawing', drawing: drawAnswers(right, model.input, classes) },
    });
  }
  if (wrong.length > 0) {
    const shown = wrong.slice(0, SHOWN_MISTAKES);
    blocks.push({
      type: 'paragraph',
      text: text`Of the test images, ${formatCount(wrongCount)} got a wrong answer. ${reference('mistakes')} shows the ones that the network was surest of.`,
    });
    blocks.push({
      type: 'figure',
      id: 'mistakes',
      caption: text`The most confident mistakes. The bar of the true class is blue, those of others are orange.`,
      alternative: `${formatPlural(shown.length, 'test image')} with wrong answers: ${shown.map(({ label, image }) => `${classes[label]} taken for ${classes[predicted[image]]}`).join(', ')}.`,
      picture: { type: 'drawing', drawing: drawAnswers(shown, model.input, classes) },
    });
  }
  return { id: 'answers', title: 'Predictions and mistakes', blocks };
}
