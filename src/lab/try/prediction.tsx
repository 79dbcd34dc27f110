import type { Classifier } from '#inkling/index.js';
import { Headline } from '../../components/headline.js';
import { ProbabilityBars } from '../../components/probabilityBars.js';
import { Terms } from '../glossary/terms.js';
import { text } from '../text/text.js';
import { describe } from './describe.js';
import type { Inspection } from './inspect.js';

/** The prediction in words, and as bars: two cards, since phones show the first above the drawing. */
export function Prediction(props: {
  classifier: Classifier;
  /** Or why there is none; undefined without an image. */
  inspection: Inspection | string | undefined;
  isPenDown: boolean;
}) {
  const { classifier, inspection, isPenDown } = props;
  return (
    <>
      <section class="card prediction" aria-label={text.try.prediction}>
        <Headline text={describe(classifier, inspection, text.try)} isPenDown={isPenDown} />
      </section>
      <div class="card bars">
        <ProbabilityBars
          classes={classifier.labels}
          probabilities={typeof inspection === 'string' ? undefined : inspection?.probabilities}
        />
        <Terms names={['confidence']} />
      </div>
    </>
  );
}
