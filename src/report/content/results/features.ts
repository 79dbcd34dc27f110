import { formatShape } from '../../../core/shape.js';
import type { Block, Subsection, Text } from '../../document.js';
import { drawHeatmaps, marksNegatives } from '../../draw/heatmaps.js';
import { drawImageRows } from '../../draw/imageRows.js';
import type { FeatureMaps } from '../../features.js';
import type { ReportRun } from '../../reportRun.js';
import { code, reference, sentences, text } from '../text.js';

/** Filters and feature maps of the network's convolutional layers, if it has any. */
export function featuresSubsections(run: ReportRun): Subsection[] {
  const blocks = [...filterBlocks(run), ...featureMapBlocks(run)];
  return blocks.length === 0 ? [] : [{ id: 'features', title: 'Learned features', blocks }];
}

function filterBlocks({ features: { filters }, saved: { model } }: ReportRun): Block[] {
  if (filters === undefined) return [];
  const [, , inputChannels] = model.input;
  return [
    {
      type: 'paragraph',
      text: text`A convolutional layer applies the same small filters at every position of an image. ${reference('filters')} shows the filters of the first layer.`,
    },
    {
      type: 'figure',
      id: 'filters',
      caption: text`Filters of the first layer${inputChannels > 1 ? ' (first input channel)' : ''} on a common scale. Positive weights are blue, negative weights orange${marksNegatives(filters) ? ' with a dash' : ''}.`,
      altText: `${filters.maps.length} filters of ${formatShape([filters.height, filters.width])} weights.`,
      graphic: { type: 'drawing', drawing: drawHeatmaps(filters, 'diverging') },
    },
  ];
}

function featureMapBlocks({ features, predictionRecord, saved }: ReportRun): Block[] {
  const { input, featureMaps, layerCount } = features;
  if (input === undefined || featureMaps.length === 0) return [];
  const title = saved.classes[predictionRecord.labels[input.image]];
  const figures = featureMaps.map((maps, index) => ({ maps, id: `feature-maps-${index + 1}` }));
  return [
    {
      type: 'paragraph',
      text: [
        ...text`A feature map shows where in the image a filter responds. The feature maps for the image in ${reference('feature-map-input')} are shown in `,
        ...listOfReferences(figures.map(({ id }) => id)),
        '.',
      ],
    },
    {
      type: 'figure',
      id: 'feature-map-input',
      caption: sentences(
        text`Input image of the feature maps: test image ${input.image}.`,
        featureMaps.length < layerCount
          ? text`Of the ${layerCount} convolutions and residual blocks, the first and the last of each resolution are shown.`
          : [],
      ),
      altText: `Test image of class ${title}.`,
      graphic: {
        type: 'drawing',
        drawing: drawImageRows([{ title, images: [input.pixels] }], saved.model.input),
      },
    },
    ...figures.map(({ maps, id }) => featureMapsFigure(maps, id)),
  ];
}

/** Outputs of either sign, which no ReLU follows, have two colors. */
function featureMapsFigure(maps: FeatureMaps, id: string): Block {
  const isSigned = maps.maps.some((values) => values.some((value) => value < 0));
  const subject = text`Feature maps of ${code(maps.layer)}${maps.isAfterRelu ? ' after ReLU' : ''} (${maps.maps.length} of ${maps.channelCount} channels)`;
  return {
    type: 'figure',
    id,
    caption: [
      ...subject,
      isSigned
        ? ' on a common scale. Positive values are blue, negative values orange.'
        : ', each on its own scale, from dark (0) to bright (strongest response).',
    ],
    altText: `${maps.maps.length} feature maps of ${formatShape([maps.height, maps.width])} pixels.`,
    graphic: { type: 'drawing', drawing: drawHeatmaps(maps, isSigned ? 'diverging' : 'sequential') },
  };
}

/** `Figure 1`, `Figure 1 and Figure 2`, or `Figure 1, Figure 2, and Figure 3` */
function listOfReferences(ids: readonly string[]): Text {
  return ids.flatMap((id, index) => {
    const isLast = index === ids.length - 1;
    const separator = index === 0 ? [] : [ids.length === 2 ? ' and ' : isLast ? ', and ' : ', '];
    return [...separator, reference(id)];
  });
}
