import { formatCount } from '#inkling/core/format.js';
import { ranked } from '#inkling/predict/softmax.js';
import { formatProbability } from './format.js';
import { useTexts } from './texts.js';

/** More classes than these have no room: the most likely ones are shown. */
const MAX_CLASSES = 30;
const MAX_LIKELY = 5;

/** One bar per class, or for each of the most likely classes of many, best first; the predicted class is highlighted. */
export function ProbabilityBars(props: {
  classes: readonly string[];
  /** `[classes]`; undefined without a prediction. */
  probabilities: readonly number[] | undefined;
}) {
  const { classes, probabilities } = props;
  const texts = useTexts();
  const largest = probabilities ? Math.max(...probabilities) : NaN;
  const isWhole = classes.length <= MAX_CLASSES;
  const shown = isWhole ? [...classes.keys()] : ranked(probabilities ?? []).slice(0, MAX_LIKELY);
  return (
    <>
      <ul class="probabilities" aria-label={isWhole ? texts.probabilities : texts.likeliestProbabilities}>
        {shown.map((label) => {
          const probability = probabilities?.[label] ?? 0;
          return (
            <li key={classes[label]} class={probability === largest ? 'predicted' : ''}>
              <span class="class">{classes[label]}</span>
              <span class="track">
                <span class="fill" style={{ transform: `scaleX(${probability})` }} />
              </span>
              <span class="value">{probabilities ? formatProbability(probability) : '–'}</span>
            </li>
          );
        })}
      </ul>
      {!isWhole && probabilities && (
        <p class="muted">{texts.likeliestOf(MAX_LIKELY, formatCount(classes.length))}</p>
      )}
    </>
  );
}
