import type { Section, Text } from '../document.js';
import type { Context } from './context.js';
import { code, reference, text } from './text.js';

/** What the original report left for later, and where it is now. */
export function laterSection({ main }: Context): Section {
  const hasMistakes = main.evidence.answers.some(
    ({ image }) => main.evidence.predictions[image] !== main.evidence.labels[image],
  );
  const rows: (readonly [wish: string, section: string, here: Text])[] = [
    [
      'A confusion matrix',
      '5.2',
      text`${reference('confusion-counts')} and ${reference('confusion-shares')}; ${code('inkling evaluate')} prints one of any run.`,
    ],
    [
      'Pictures of the model’s predictions',
      '5.2',
      hasMistakes
        ? text`${reference('answers')}, with the most confident mistakes.`
        : text`${reference('answers')}.`,
    ],
    [
      'Dropout',
      '6.3',
      text`The layer ${code('dropout')}, anywhere in a model; ${code('report-cnn-dropout')} has it in front of the linear layer.`,
    ],
    [
      'More layers',
      '6.3',
      text`${code('deep-cnn')} and ${code('resnet-small')} have more, and a model of one’s own any number; ${code('inkling summary')} shows what it takes.`,
    ],
    [
      'More complex data sets',
      '6.3',
      text`CIFAR-10 and others by their names, and one’s own pictures, grey or in colour, in a folder a class: ${code('inkling train --dataset FOLDER')}.`,
    ],
  ];
  return {
    id: 'later',
    title: 'What was left for later',
    subsections: [],
    blocks: [
      {
        type: 'paragraph',
        text: text`The original report ends with what could be added. ${reference('later-table')} says where each of it is.`,
      },
      {
        type: 'table',
        id: 'later-table',
        caption: text`What the original report left for later.`,
        columns: [
          { title: 'Wish', align: 'left' },
          { title: '§', align: 'right' },
          { title: 'Here', align: 'left' },
        ],
        rows: rows.map(([wish, section, here]) => [[wish], [section], here]),
      },
    ],
  };
}
