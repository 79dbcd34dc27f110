import { formatCount, formatPercent } from '../../../core/format.js';
import type { Block, Subsection, Text } from '../../document.js';
import { drawEmbedding, type EmbeddedPoint } from '../../draw/embedding.js';
import type { ReportRun } from '../../reportRun.js';
import { cite, code, reference, sentences, text } from '../text.js';

type Embedding = NonNullable<ReportRun['embedding']>;

/** Where the test images lie in the features of the network, if they were embedded. */
export function embeddingSubsections(run: ReportRun): Subsection[] {
  const { embedding } = run;
  if (embedding === undefined) return [];
  const { umap, layer } = embedding;
  const components = embeddingFigure(run, embedding, {
    id: 'embedding-map',
    plane: embedding,
    where: text`in the plane of the first two principal components of the network’s features`,
  });
  const neighborhoods =
    umap &&
    embeddingFigure(run, embedding, {
      id: 'embedding-umap',
      plane: umap,
      where: text`by UMAP, in a plane in which neighbors in the network’s features remain neighbors`,
    });
  return [
    {
      id: 'embedding',
      title: 'Embedding of the test images',
      blocks: [
        {
          type: 'paragraph',
          text: sentences(
            text`The outputs of ${code(layer)}, which the last linear layer classifies, are what the network has found in an image; here, they are averaged over quarters of the image and scaled to length 1.`,
            selectionText(run, embedding),
            componentsText(embedding),
          ),
        },
        components,
        ...(umap && neighborhoods
          ? [{ type: 'paragraph', text: umapText(umap) } as const, neighborhoods]
          : []),
      ],
    },
  ];
}

/** Which images are shown, and that this overrepresents errors. */
function selectionText({ predictionRecord }: ReportRun, { images }: Embedding): Text {
  const { labels, predictions } = predictionRecord;
  const isError = (image: number) => labels[image] !== predictions[image];
  const all = [...labels.keys()];
  const [errors, shownErrors] = [all.filter(isError).length, images.filter(isError).length];
  if (images.length === all.length) return text`All ${formatCount(all.length)} test images are shown.`;
  const share = shownErrors / Math.max(1, errors) / ((images.length - shownErrors) / (all.length - errors));
  return sentences(
    text`Of the ${formatCount(all.length)} test images, ${formatCount(images.length)} are shown: images at equal distances in the order of the data set, and ${shownErrors === errors ? 'all' : formatCount(shownErrors)} of the ${formatCount(errors)} that are classified incorrectly.`,
    share > 1.05
      ? text`Errors are therefore overrepresented, by a factor of ${share.toFixed(1)}.`
      : [],
  );
}

function componentsText({ explained }: Embedding): Text {
  const [first, second] = explained.map(formatPercent);
  return sentences(
    text`${reference('embedding-map')} shows test images along the two directions in which these vary most (principal components).`,
    text`They explain ${first} and ${second} of the variance: classes that overlap here may be separate in the other directions.`,
  );
}

function umapText({ neighbors }: NonNullable<Embedding['umap']>): Text {
  return text`UMAP ${cite('mcinnes2018umap')} instead keeps the ${neighbors} nearest neighbors of each image close to it (${reference('embedding-umap')}). Distances between groups, and their sizes, mean little.`;
}

function embeddingFigure(
  { predictionRecord, saved: { classes } }: ReportRun,
  { images }: Embedding,
  {
    id,
    plane: { x, y },
    where,
  }: { readonly id: string; readonly plane: Pick<Embedding, 'x' | 'y'>; readonly where: Text },
): Block {
  const { labels, predictions } = predictionRecord;
  const points = images.map((image, at): EmbeddedPoint => {
    const [label, predicted] = [labels[image], predictions[image]];
    const mistake =
      label === predicted
        ? undefined
        : `Test image ${image}: ${classes[label]}, predicted as ${classes[predicted]}`;
    return { x: x[at], y: y[at], label, mistake };
  });
  const mistakes = points.filter(({ mistake }) => mistake !== undefined).length;
  return {
    type: 'figure',
    id,
    caption: [
      ...text`${formatCount(images.length)} test images `,
      ...where,
      ...text`. Each name is at the median of the images of its class; crosses mark the ${formatCount(mistakes)} images that are classified incorrectly.`,
    ],
    altText: `${formatCount(images.length)} points in the plane, of which ${formatCount(mistakes)} are marked as mistakes.`,
    graphic: { type: 'drawing', drawing: drawEmbedding(points, classes) },
  };
}
