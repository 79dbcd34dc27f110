import { formatCount, formatPercent } from '../../core/format.js';
import * as originalReport from '../../core/originalReport.js';
import { formatShape } from '../../core/shape.js';
import type { Section, Text } from '../document.js';
import { type Context, datasetTitle, isConvolutional, isGenerated, runTitle } from './context.js';
import { hasOriginalSettings, isReproduction } from './original/isReproduction.js';
import { originalReportSections } from './original/originalReport.js';
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
    text`This report is on the classification of images with the neural network ${code(model.name)}: from an image of ${formatShape(dataset.shape)} (height × width × channels), it predicts which of the classes ${classList(dataset.classes)} it shows.`,
    isGenerated(dataset)
      ? text`The images are digits that a program draws.`
      : (publishedData(dataset)?.description ?? text`The images are from ${datasetTitle(main)}.`),
    isConvolutional(main)
      ? text`The network is a convolutional neural network (CNN): it applies the same small filters at every position of the image, so that a pattern is recognized wherever it is ${cite('lecun1998gradient')}.`
      : text`The network is a multilayer perceptron (MLP): it consists of linear layers, each unit of which is connected to all inputs.`,
  );
}

/** Whether classes are the numbers 0, 1, 2, … */
function isCounting(classes: readonly string[]): boolean {
  return classes.length > 2 && classes.every((name, index) => name === String(index));
}

/** The first and the last of many classes, or all of them. */
function classList(classes: readonly string[]): string {
  const MAX_LISTED = 10;
  if (classes.length > MAX_LISTED || isCounting(classes))
    return `${classes[0]} to ${classes[classes.length - 1]}`;
  return new Intl.ListFormat('en-US', { type: 'disjunction' }).format(classes);
}

function objective(context: Context): Section['blocks'] {
  const { main, others } = context;
  const { dataset } = main.summary;
  return [
    {
      type: 'paragraph',
      text: sentences(
        text`The objective is to train ${code(runTitle(main, context))} on ${formatCount(dataset.train)} images and to evaluate it on ${formatCount(dataset.test)} others: how accurate it is, how certain this accuracy is, and which mistakes it makes.`,
        others.length === 0 ? [] : comparedText(context),
        reproduction(context),
        text`The networks were trained, evaluated, and described in this report by Inkling ${cite('inkling2026program')}, a library and command line that trains image classifiers.`,
      ),
    },
    {
      type: 'paragraph',
      text: sentences(
        text`${reference('data')} describes the data, ${reference('model')} the network, its loss, and its optimizer, and ${reference('training')} the training.`,
        others.length === 0
          ? text`${reference('results')} evaluates the network.`
          : text`${reference('results')} evaluates the network, and ${reference('comparison')} compares it with the ${others.length === 1 ? 'other' : 'others'}.`,
        originalReportSections(context).length === 0
          ? []
          : text`${reference('original-report')} compares the values with those of the original report.`,
        text`${reference('discussion')} discusses the results, ${reference('conclusion')} draws a conclusion, and ${reference('future-work')} lists what can be examined next.`,
        text`${reference('reproducibility')} contains what is needed in order to repeat the results.`,
      ),
    },
  ];
}

function comparedText(context: Context): Text {
  const names = context.others.map(([run]): Text => [
    ...(isConvolutional(run) ? [] : ['the multilayer perceptron (MLP) ']),
    code(runTitle(run, context)),
  ]);
  const last = names.length - 1;
  return [
    'It is compared with ',
    ...names.flatMap((name, index) => [
      ...(index === 0 ? [] : [index < last ? ', ' : names.length === 2 ? ' and ' : ', and ']),
      ...name,
    ]),
    ' on the same images.',
  ];
}

/** That the report repeats another one, if it does. */
function reproduction(context: Context): Text {
  if (!isReproduction(context)) return [];
  const settings = hasOriginalSettings(context.main)
    ? 'The network, the optimizer, the batch size, and the number of epochs are those'
    : 'The network is that';
  return text`${settings} of an earlier report on the same images ${cite('bayat2025mnist')}, called the original report here, which states a test accuracy of ${formatPercent(originalReport.testAccuracy.value)}: this report repeats it.`;
}
