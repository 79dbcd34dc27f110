import type { Subsection, Text } from '../../document.js';
import type { Context } from '../context.js';
import { code, reference, text } from '../text.js';

/** The extensions that the original report proposes (§ 5.2 and § 6.3), and where Inkling provides them. */
export function extensionsSubsection({ main }: Context): Subsection {
  const { examples, predictions, labels } = main.predictionRecord;
  const hasErrors = examples.some(({ image }) => predictions[image] !== labels[image]);
  const rows: (readonly [extension: string, section: string, availability: Text])[] = [
    [
      'Confusion matrix',
      '5.2',
      text`${reference('confusion-counts')} and ${reference('confusion-normalized')}; ${code('inkling evaluate')} prints the confusion matrix of any run.`,
    ],
    [
      'Visualization of predictions',
      '5.2',
      hasErrors
        ? text`${reference('example-predictions')}, including the most confident errors.`
        : text`${reference('example-predictions')}.`,
    ],
    [
      'Dropout',
      '6.3',
      text`The ${code('dropout')} layer can be placed anywhere in a model; ${code('report-cnn-dropout')} applies it before the linear layer.`,
    ],
    [
      'More layers',
      '6.3',
      text`${code('deep-cnn')} and ${code('resnet-small')} are deeper, and custom models can have any number of layers; ${code('inkling summary')} shows the size and cost of a model.`,
    ],
    [
      'More complex data sets',
      '6.3',
      text`CIFAR-10 and other data sets are available by name; custom images, grayscale or color, are read from one folder per class: ${code('inkling train --dataset FOLDER')}.`,
    ],
  ];
  return {
    id: 'extensions',
    title: 'Proposed extensions',
    blocks: [
      {
        type: 'paragraph',
        text: text`The original report proposes several extensions. ${reference('extensions-table')} shows where each of them can be found in this report or in Inkling.`,
      },
      {
        type: 'table',
        id: 'extensions-table',
        caption: text`Extensions proposed in the original report, with the section that proposes them, and where to find them.`,
        columns: [
          { title: 'Extension', align: 'left' },
          { title: '§', align: 'right' },
          { title: 'Availability', align: 'left' },
        ],
        rows: rows.map(([extension, section, availability]) => [[extension], [section], availability]),
      },
    ],
  };
}
