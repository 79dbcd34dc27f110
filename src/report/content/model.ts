import { formatCount } from '../../core/format.js';
import { formatShape } from '../../core/shape.js';
import { resolveModel } from '../../models/resolve.js';
import { summarize } from '../../models/summary.js';
import type { Section, Subsection } from '../document.js';
import { drawLayers } from '../draw/layers.js';
import type { ReportRun } from '../runs.js';
import { objective } from './objective.js';
import { code, reference, text } from './text.js';

export function modelSection(run: ReportRun): Section {
  return {
    id: 'model',
    title: 'Model',
    blocks: [],
    subsections: [architecture(run), objective(run)],
  };
}

function architecture({ saved: { model } }: ReportRun): Subsection {
  const { rows, totals } = summarize(resolveModel(model));
  const total = [
    [{ type: 'strong', text: 'Total' } as const],
    [],
    [],
    [{ type: 'strong', text: formatCount(totals.parameters) } as const],
    [{ type: 'strong', text: formatCount(totals.multiplyAdds) } as const],
  ];
  return {
    id: 'architecture',
    title: 'Architecture',
    blocks: [
      {
        type: 'paragraph',
        text: text`The network ${code(model.name)} has ${rows.length} layers and ${formatCount(totals.parameters)} numbers that training adjusts. One image takes ${formatCount(totals.multiplyAdds)} multiply-adds on its way through (${reference('layers')}, ${reference('layer-table')}).`,
      },
      {
        type: 'figure',
        id: 'layers',
        caption: text`The layers of ${code(model.name)}, from the image down to a number for each class. On the right stands the shape of what each hands on; the piles on the left are drawn to scale, with more sheets for more channels.`,
        alternative: `Diagram of the layers: ${[formatShape(model.input), ...rows.map(({ type, output }) => `${type} ${formatShape(output)}`)].join(', ')}.`,
        picture: { type: 'drawing', drawing: drawLayers(model) },
      },
      {
        type: 'table',
        id: 'layer-table',
        caption: text`The network layer by layer, for one image.`,
        columns: [
          { title: 'Layer', align: 'left' },
          { title: 'Type', align: 'left' },
          { title: 'Output', align: 'right' },
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
          total,
        ],
      },
    ],
  };
}
