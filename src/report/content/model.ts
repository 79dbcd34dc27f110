import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { resolveModel } from '../../models/resolve.js';
import { summarize } from '../../models/summary.js';
import type { Section, Subsection } from '../document.js';
import { drawLayers } from '../draw/layers.js';
import type { ReportRun } from '../reportRun.js';
import { objectiveSubsection } from './objective.js';
import { code, reference, strong, text } from './text.js';

export function modelSection(run: ReportRun): Section {
  return {
    id: 'model',
    title: 'Model',
    blocks: [],
    subsections: [architecture(run), objectiveSubsection(run)],
  };
}

function architecture({ saved: { model } }: ReportRun): Subsection {
  const { rows, totals } = summarize(resolveModel(model));
  return {
    id: 'architecture',
    title: 'Architecture',
    blocks: [
      {
        type: 'paragraph',
        text: text`The ${code(model.name)} network consists of ${rows.length} modules and has ${formatCount(totals.parameters)} parameters. Classifying one image takes ${formatCount(totals.multiplyAdds)} multiply-adds. ${reference('architecture-diagram')} and ${reference('modules')} show the modules in order.`,
      },
      {
        type: 'figure',
        id: 'architecture-diagram',
        caption: text`Architecture of ${code(model.name)}, from the input image at the top to the logits, one per class, at the bottom. The output shape of each module is shown on the right. The icons on the left are drawn to scale; more stacked sheets stand for more channels.`,
        altText: `Architecture diagram: ${[`input ${formatShape(model.input)}`, ...rows.map(({ type, output }) => `${type} ${formatShape(output)}`)].join(', ')}.`,
        graphic: { type: 'drawing', drawing: drawLayers(model) },
      },
      {
        type: 'table',
        id: 'modules',
        caption: text`Modules of the network with their output shapes, parameters, and multiply-adds for one image.`,
        columns: [
          { title: 'Module', align: 'left' },
          { title: 'Type', align: 'left' },
          { title: 'Output shape', align: 'right' },
          { title: 'Parameters', align: 'right' },
          { title: 'Multiply-adds', align: 'right' },
        ],
        rows: [
          ...rows.map(({ name, type, output, parameters, multiplyAdds }) => [
            [code(name)],
            [type],
            [formatShape(output)],
            [formatCount(parameters)],
            [formatCount(multiplyAdds)],
          ]),
          [
            [strong('Total')],
            [],
            [],
            [strong(formatCount(totals.parameters))],
            [strong(formatCount(totals.multiplyAdds))],
          ],
        ],
      },
    ],
  };
}
