import { formatShape } from '../../core/shape.js';
import type { Block, Subsection } from '../document.js';
import { drawImageRows, drawPlanes } from '../draw/sheets.js';
import type { ReportRun } from '../runs.js';
import { code, reference, text } from './text.js';

/** A look into the network, where it has convolutions. */
export function insight({ insight: { filters, image, maps }, evidence, saved }: ReportRun): Subsection[] {
  const blocks: Block[] = [];
  if (filters !== undefined) {
    blocks.push({
      type: 'figure',
      id: 'filters',
      caption: text`The kernels of the first layer: positive weights are blue, negative ones orange, all on one scale.`,
      alternative: `${filters.planes.length} kernels of ${formatShape([filters.height, filters.width])} weights.`,
      picture: { type: 'drawing', drawing: drawPlanes(filters, 'signed') },
    });
  }
  const mapFigures = maps.map((map, place) => ({ map, id: `maps-${place + 1}` }));
  if (image !== undefined && mapFigures.length > 0) {
    const title = saved.classes[evidence.labels[image.image]];
    blocks.push({
      type: 'figure',
      id: 'map-input',
      caption: text`The test image that the following feature maps are of.`,
      alternative: `An image of class ${title}.`,
      picture: {
        type: 'drawing',
        drawing: drawImageRows([{ title, images: [image.pixels] }], saved.model.input),
      },
    });
  }
  for (const { map, id } of mapFigures) {
    blocks.push({
      type: 'figure',
      id,
      caption: text`Feature maps behind ${code(map.layer)} and its activation, ${map.planes.length} of ${map.channels} channels, each on a scale of its own.`,
      alternative: `${map.planes.length} feature maps of ${formatShape([map.height, map.width])} pixels.`,
      picture: { type: 'drawing', drawing: drawPlanes(map, 'ink') },
    });
  }
  if (blocks.length === 0) return [];
  const looks = text`A convolution looks for the same small pattern everywhere in an image. ${reference('filters')} shows the patterns of the first layer; where they are found is what a feature map holds.`;
  return [
    {
      id: 'insight',
      title: 'Inside the network',
      blocks: [...(filters === undefined ? [] : [{ type: 'paragraph' as const, text: looks }]), ...blocks],
    },
  ];
}
