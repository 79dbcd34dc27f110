import { formatShape } from '../../core/shape.js';
import type { Block, Subsection } from '../document.js';
import { drawImageRows, drawPlanes } from '../draw/sheets.js';
import type { ReportRun } from '../runs.js';
import { code, reference, text } from './text.js';

/** A look into the network, where it has convolutions. */
export function insight(run: ReportRun): Subsection[] {
  const blocks = [...filters(run), ...maps(run)];
  return blocks.length === 0 ? [] : [{ id: 'insight', title: 'Inside the network', blocks }];
}

function filters({ insight: { filters } }: ReportRun): Block[] {
  if (filters === undefined) return [];
  return [
    {
      type: 'paragraph',
      text: text`A convolution looks for the same small pattern everywhere in an image. ${reference('filters')} shows the patterns of the first layer.`,
    },
    {
      type: 'figure',
      id: 'filters',
      caption: text`The kernels of the first layer: positive weights are blue, negative ones orange, all on one scale.`,
      alternative: `${filters.planes.length} kernels of ${formatShape([filters.height, filters.width])} weights.`,
      picture: { type: 'drawing', drawing: drawPlanes(filters, 'signed') },
    },
  ];
}

function maps({ insight: { image, maps }, evidence, saved }: ReportRun): Block[] {
  if (image === undefined || maps.length === 0) return [];
  const title = saved.classes[evidence.labels[image.image]];
  const shown = maps.map((map, place) => ({ map, id: `maps-${place + 1}` }));
  return [
    {
      type: 'paragraph',
      text: [
        ...text`Where a pattern is found is what a feature map holds. For the image of ${reference('map-input')} they are shown in `,
        ...shown.flatMap(({ id }, place) => (place === 0 ? [reference(id)] : [' and ', reference(id)])),
        '.',
      ],
    },
    {
      type: 'figure',
      id: 'map-input',
      caption: text`The test image that the feature maps are of, number ${image.image}.`,
      alternative: `An image of class ${title}.`,
      picture: {
        type: 'drawing',
        drawing: drawImageRows([{ title, images: [image.pixels] }], saved.model.input),
      },
    },
    ...shown.map(({ map, id }): Block => ({
      type: 'figure',
      id,
      caption: text`Feature maps behind ${code(map.layer)} and its activation, ${map.planes.length} of ${map.channels} channels, each on a scale of its own.`,
      alternative: `${map.planes.length} feature maps of ${formatShape([map.height, map.width])} pixels.`,
      picture: { type: 'drawing', drawing: drawPlanes(map, 'ink') },
    })),
  ];
}
