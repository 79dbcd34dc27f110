import { formatDecimal, formatPlural } from '../../../core/format.js';
import { METHOD_TITLES, type SaliencyMethod } from '../../../explain/methods.js';
import type { Block, Subsection, Text } from '../../document.js';
import { drawExplanations } from '../../draw/explanations.js';
import type { ExplainedExample } from '../../explanations.js';
import type { ReportRun } from '../../reportRun.js';
import { cite, code, reference, sentences, text } from '../text.js';

/** With a higher rank correlation, the map of a trained network is more like that of a random one than unlike it. */
const MAX_CORRELATION = 0.5;

type Predictions = ReportRun['predictionRecord'];

/** How each method works, with its source. */
const DESCRIPTIONS: Readonly<Record<SaliencyMethod, (layer: string | undefined) => Text>> = {
  'layer-cam': (layer) =>
    text`LayerCAM ${cite('jiang2021layercam')} adds up, over the channels, the outputs of a layer, here ${code(layer ?? '')}, times the positive part of the gradient of the class’s logit.`,
  'grad-cam': (layer) =>
    text`Grad-CAM ${cite('selvaraju2017gradcam')} weights the channels of a layer, here ${code(layer ?? '')}, by their mean gradient.`,
  gradient: () =>
    text`The gradient ${cite('simonyan2014deep')} is the absolute derivative of the logit with respect to each pixel.`,
  occlusion: () =>
    text`Occlusion ${cite('zeiler2014visualizing')} covers parts of the image, and shows how much the log-odds of the class drop.`,
};

/** Which parts of a few test images count for their predicted class, and whether that depends on what the network has learned. */
export function explanationsSubsections(run: ReportRun): Subsection[] {
  const { explanations, predictionRecord, saved } = run;
  const { labels, predictions } = predictionRecord;
  if (explanations.length === 0 || explanations[0].maps.length === 0) return [];
  const titles = explanations.map(({ prediction: { image } }) => {
    const [truth, predicted] = [labels[image], predictions[image]].map((index) => saved.classes[index]);
    return truth === predicted ? [truth] : [truth, `as ${predicted}`];
  });
  return [
    {
      id: 'explanations',
      title: 'What the network looks at',
      blocks: [
        { type: 'paragraph', text: introduction(explanations, predictionRecord) },
        {
          type: 'figure',
          id: 'explanations-map',
          caption: text`Test images, and what counts for their predicted class by each method, each on its own scale. ${colorsOf(explanations[0])} To the right, the same for the network with random weights. Below the class, “as” names a wrong prediction.`,
          altText: `${formatPlural(titles.length, 'test image')} with maps: ${titles.map((lines) => lines.join(', ')).join('; ')}.`,
          graphic: { type: 'drawing', drawing: drawExplanations(explanations, titles, saved.model.input) },
        },
        { type: 'paragraph', text: sanityCheck(explanations) },
        correlationTable(explanations),
        { type: 'paragraph', text: checkResult(explanations) },
      ],
    },
  ];
}

/** What the colors of the maps stand for. */
function colorsOf({ maps }: ExplainedExample): string {
  const methods = maps.map(({ trained }) => trained.method);
  const [signed, unsigned] = [true, false].map((hasSigns) =>
    methods.filter((method) => (method === 'occlusion') === hasSigns),
  );
  const heat = unsigned.length === 0 ? '' : 'dark violet (least) to bright yellow (most)';
  if (signed.length === 0) return `Colors: ${heat}.`;
  const signs = 'dark blue counts for the class, and light orange against it';
  return heat === '' ? `Colors: ${signs}.` : `Colors: ${heat}; of occlusion, ${signs}.`;
}

function introduction(explanations: readonly ExplainedExample[], { labels, predictions }: Predictions): Text {
  const [{ maps }] = explanations;
  const numbers = (isCorrect: boolean) =>
    explanations
      .map(({ prediction: { image } }) => image)
      .filter((image) => (labels[image] === predictions[image]) === isCorrect);
  const [correct, errors] = [true, false].map(numbers);
  const list = (images: readonly number[]) => new Intl.ListFormat('en-US').format(images.map(String));
  return sentences(
    text`${reference('explanations-map')} shows which parts of some test images count for the class that the network predicted.`,
    correct.length === 0
      ? []
      : text`Correctly classified, and chosen as the first ones of their classes, ${correct.length === 1 ? 'is test image' : 'are the test images'} ${list(correct)}.`,
    errors.length === 0
      ? []
      : text`The most confident ${errors.length === 1 ? 'error is test image' : 'errors are the test images'} ${list(errors)}.`,
    ...maps.map(({ trained: { method, layer } }) => DESCRIPTIONS[method](layer)),
    text`A network that looks at something other than the object may fail on other images.`,
  );
}

function sanityCheck(explanations: readonly ExplainedExample[]): Text {
  return sentences(
    text`A map can follow the edges of the image whatever the network has learned.`,
    text`A sanity check ${cite('adebayo2018sanity')} therefore repeats each method with the same network, all of whose weights were drawn at random, as before training.`,
    text`${reference('explanations-correlation')} states Spearman’s rank correlation between the absolute values of both maps, over ${explanations.length} images: near 1, the method shows the image rather than the network; near 0, its maps depend on what was learned.`,
  );
}

/** The rank correlations of each method, over the images that have one. */
function correlations(explanations: readonly ExplainedExample[]) {
  return explanations[0].maps.map(({ trained }, at) => {
    const values = explanations.flatMap(({ maps }) => maps[at].correlation ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { title: METHOD_TITLES[trained.method], values, mean };
  });
}

/** The methods whose maps hardly depend on what the network has learned, with their mean correlations. */
export function failingMethods(explanations: readonly ExplainedExample[]): string[] {
  if (explanations.length === 0) return [];
  return correlations(explanations)
    .filter(({ mean }) => mean > MAX_CORRELATION)
    .map(({ title, mean }) => `${title} (${formatDecimal(mean, 2)})`);
}

/** What the check says about each method. */
function checkResult(explanations: readonly ExplainedExample[]): Text {
  const failing = failingMethods(explanations);
  const rule = 'a mean of more than one half';
  if (failing.length === 0)
    return text`No method has ${rule}: all of these maps depend on what the network has learned.`;
  const list = new Intl.ListFormat('en-US').format(failing);
  return text`With ${rule}, ${list} ${failing.length === 1 ? 'does' : 'do'} not pass the check: ${failing.length === 1 ? 'its maps show' : 'their maps show'} mainly where the image has edges, and explain the network only as far as they differ from those of random weights.`;
}

function correlationTable(explanations: readonly ExplainedExample[]): Block {
  const rows = correlations(explanations).map(({ title, values, mean }) => {
    const format = (value: number) => (values.length === 0 ? '–' : formatDecimal(value, 2));
    return [
      [title],
      [format(mean)],
      [format(Math.min(...values))],
      [format(Math.max(...values))],
      [String(values.length)],
    ];
  });
  return {
    type: 'table',
    id: 'explanations-correlation',
    caption: text`Rank correlation between the maps of the trained network and of the network with random weights. Images with a constant map have none.`,
    columns: [
      { title: 'Method', align: 'left' },
      ...['Mean', 'Lowest', 'Highest', 'Images'].map((title) => ({ title, align: 'right' as const })),
    ],
    rows,
  };
}
