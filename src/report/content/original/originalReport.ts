import * as originalReport from '../../../core/originalReport.js';
import type { Section } from '../../document.js';
import { type Context, isGenerated } from '../context.js';
import { reproductionSubsections } from './reproduction.js';
import { cite, text } from '../text.js';

/** How the run and Inkling relate to the report that Inkling reproduces; nothing for other images than digits. */
export function originalReportSections(context: Context): Section[] {
  const { dataset, model } = context.main.summary;
  if (!originalReport.isOriginalDataset(dataset) && !isGenerated(dataset)) return [];
  if (model.name !== originalReport.model.value) return [];
  return [
    {
      id: 'original-report',
      title: 'Comparison with the original report',
      blocks: [
        {
          type: 'paragraph',
          text: text`Inkling was written to reproduce a student report from June 2025 ${cite('bayat2025mnist')}, which classifies MNIST with a convolutional neural network in PyTorch. It is called the original report here.`,
        },
      ],
      subsections: reproductionSubsections(context),
    },
  ];
}
