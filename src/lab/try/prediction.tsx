import type { Classifier } from '#inkling/index.js';
import { Headline, type HeadlineText } from '../../components/headline.js';
import { ProbabilityBars } from '../../components/probabilityBars.js';
import { text } from '../text/text.js';
import { confidenceText } from './confidence.js';
import type { Inspection } from './inspect.js';

/** The prediction in words, and as bars. */
export function Prediction(props: {
  classifier: Classifier;
  /** Or why there is none; undefined without an image. */
  inspection: Inspection | string | undefined;
  isPenDown: boolean;
}) {
  const { classifier, inspection, isPenDown } = props;
  return (
    <section class="card prediction" aria-label={text.try.prediction}>
      <Headline text={describe(classifier, inspection)} isPenDown={isPenDown} />
      <ProbabilityBars
        classes={classifier.labels}
        probabilities={typeof inspection === 'string' ? undefined : inspection?.probabilities}
      />
    </section>
  );
}

function describe(
  { inputKind, calibration }: Classifier,
  inspection: Inspection | string | undefined,
): HeadlineText {
  if (inspection === undefined) {
    const detail = inputKind === 'digit' ? text.try.prompt : text.try.photoPrompt;
    return { headline: '?', detail, isConfident: false };
  }
  if (typeof inspection === 'string') return { headline: '?', detail: inspection, isConfident: false };
  const { label, probability, doubt, top } = inspection.classification;
  if (doubt !== undefined) {
    const reasons = doubt.map(({ code, text: english }) => text.try.reasons[code] ?? english);
    const detail = `${text.try.maybe(label, top.at(1)?.label ?? label)}: ${reasons.join('; ')}.`;
    return { headline: text.try.unsure, detail, isConfident: false };
  }
  return { headline: label, detail: confidenceText(probability, calibration), isConfident: true };
}
