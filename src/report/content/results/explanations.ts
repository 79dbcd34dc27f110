import { formatPlural } from '../../../core/format.js';
import { METHOD_TITLES } from '../../../explain/methods.js';
import type { Subsection } from '../../document.js';
import { drawExplanations } from '../../draw/explanations.js';
import type { ReportRun } from '../../reportRun.js';
import { code, reference, text } from '../text.js';

/** Which parts of a few test images count for their predicted class, if they were explained. */
export function explanationsSubsections(run: ReportRun): Subsection[] {
  const { explanations, predictionRecord, saved } = run;
  const { labels, predictions } = predictionRecord;
  if (explanations.length === 0) return [];
  const [{ saliency }] = explanations;
  const titles = explanations.map(({ prediction: { image } }) => {
    const [truth, predicted] = [labels[image], predictions[image]].map((index) => saved.classes[index]);
    return truth === predicted ? truth : `${truth} predicted as ${predicted}`;
  });
  const method = METHOD_TITLES[saliency.method];
  return [
    {
      id: 'explanations',
      title: 'What the network looks at',
      blocks: [
        {
          type: 'paragraph',
          text: text`${reference('explanations-map')} shows which parts of some test images count for the class that the network predicted, by ${method} (Jiang et al., 2021): at each position, the outputs of a layer times the positive part of the gradient of the class’s logit, added up over the channels. A network that looks at something other than the object may fail on other images.`,
        },
        {
          type: 'figure',
          id: 'explanations-map',
          caption: text`Test images, and beside each what counts for its predicted class, from violet (least) to yellow (most), each on its own scale: ${method} at the output of layer ${code(saliency.layer ?? '')}.`,
          altText: `${formatPlural(titles.length, 'test image')} with heat maps: ${titles.join(', ')}.`,
          graphic: { type: 'drawing', drawing: drawExplanations(explanations, titles, saved.model.input) },
        },
      ],
    },
  ];
}
