import { formatShare } from '../format.js';

/** A probability for each class, the likeliest marked. */
export function ProbabilityBars(props: {
  classes: readonly string[];
  probabilities: readonly number[] | undefined;
}) {
  const { classes, probabilities } = props;
  const largest = probabilities ? Math.max(...probabilities) : NaN;
  return (
    <ul class="bars" aria-label="Probability of each class">
      {classes.map((name, label) => {
        const share = probabilities?.[label] ?? 0;
        return (
          <li key={name} class={share === largest ? 'best' : ''}>
            <span class="class">{name}</span>
            <span class="track">
              <span class="fill" style={{ transform: `scaleX(${share})` }} />
            </span>
            <span class="share">{probabilities ? formatShare(share) : '–'}</span>
          </li>
        );
      })}
    </ul>
  );
}
