import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import type { Section, Text } from '../document.js';
import { type Context, datasetTitle, isConvolutional, isGenerated, runTitle } from './context.js';
import { publishedData } from './sources.js';
import { cite, code, reference, sentences, text } from './text.js';

/** What the report is about, and what it sets out to find. */
export function introductionSection(context: Context): Section {
  return {
    id: 'introduction',
    title: 'Introduction',
    blocks: [],
    subsections: [
      { id: 'overview', title: 'Overview', blocks: [{ type: 'paragraph', text: overview(context) }] },
      { id: 'purpose', title: 'Objective', blocks: objective(context) },
    ],
  };
}

function overview({ main }: Context): Text {
  const { dataset, model } = main.summary;
  return sentences(
    text`This report is on the classification of images with the neural network ${code(model.name)}: from an image of ${formatShape(dataset.shape)} (height × width × channels), it predicts which of the classes ${classList(dataset.classes)} the image shows.`,
    isGenerated(dataset)
      ? text`The images are digits that a program draws.`
      : (publishedData(dataset)?.description ?? text`The images are from ${datasetTitle(main)}.`),
    isConvolutional(main)
      ? text`The network is convolutional: it applies the same small filters at every position of the image, so that a pattern is recognized wherever it is ${cite('lecun1998gradient')}.`
      : text`The network consists of linear layers, each unit of which is connected to all inputs.`,
  );
}

/** The first and the last of many classes, or all of them. */
function classList(classes: readonly string[]): string {
  const MAX_LISTED = 10;
  if (classes.length > MAX_LISTED) return `${classes[0]} to ${classes[classes.length - 1]}`;
  return new Intl.ListFormat('en-US', { type: 'disjunction' }).format(classes);
}

function objective({ main, others, repeats }: Context): Section['blocks'] {
  const { dataset } = main.summary;
  const context = { main, others, repeats };
  const names = others.map(([run]) => runTitle(run, context));
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`The objective is to train ${code(runTitle(main, context))} on ${formatCount(dataset.train)} images and to evaluate it on ${formatCount(dataset.test)} others: how accurate it is, how certain this accuracy is, and which mistakes it makes.`,
        names.length === 0
          ? []
          : text`It is compared with ${new Intl.ListFormat('en-US').format(names)} on the same images.`,
      ),
    },
    {
      type: 'paragraph',
      text: sentences(
        text`${reference('data')} describes the data, ${reference('model')} the network, its loss, and its optimizer, and ${reference('training')} the training.`,
        text`${reference('results')} evaluates the network, and ${reference('discussion')} discusses the results.`,
        text`${reference('reproducibility')} contains what is needed in order to repeat them.`,
      ),
    },
  ];
}
