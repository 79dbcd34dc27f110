import { formatCount } from '../format.js';

interface DistributionProps {
  readonly classes: readonly string[];
  readonly counts: readonly number[];
  readonly chosen: number | undefined;
  readonly onChoose: (label: number | undefined) => void;
}

/** How many images there are of each class; a column shows those of its class alone. */
export function Distribution({ classes, counts, chosen, onChoose }: DistributionProps) {
  const most = Math.max(1, ...counts);
  return (
    <div class="distribution" role="group" aria-label="Classes">
      {classes.map((name, label) => (
        <button
          key={name}
          type="button"
          aria-pressed={chosen === label}
          onClick={() => {
            onChoose(chosen === label ? undefined : label);
          }}
        >
          <span class="count">{formatCount(counts[label])}</span>
          <span class="hidden"> images of class </span>
          <span class="column">
            <span style={{ transform: `scaleY(${counts[label] / most})` }} />
          </span>
          <span class="class">{name}</span>
        </button>
      ))}
    </div>
  );
}
