import { formatProbability } from '../format.js';

/** One bar per class; the predicted class is highlighted. */
export function ProbabilityBars(props: {
  classes: readonly string[];
  /** `[classes]`; undefined without a prediction. */
  probabilities: readonly number[] | undefined;
}) {
  const { classes, probabilities } = props;
  const largest = probabilities ? Math.max(...probabilities) : NaN;
  return (
    <ul class="probabilities" aria-label="Probability of each class">
      {classes.map((name, label) => {
        const probability = probabilities?.[label] ?? 0;
        return (
          <li key={name} class={probability === largest ? 'predicted' : ''}>
            <span class="class">{name}</span>
            <span class="track">
              <span class="fill" style={{ transform: `scaleX(${probability})` }} />
            </span>
            <span class="value">{probabilities ? formatProbability(probability) : '–'}</span>
          </li>
        );
      })}
    </ul>
  );
}
