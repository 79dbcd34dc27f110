import { formatCount } from '#inkling/core/format.js';
import { areShort } from '#inkling/report/charts/axes.js';

interface ClassCountsProps {
  readonly classes: readonly string[];
  readonly counts: readonly number[];
  /** The selected class; undefined for all. */
  readonly selected: number | undefined;
  readonly onSelect: (label: number | undefined) => void;
}

/** A bar chart of the number of images per class, which selects a class. */
export function ClassCounts({ classes, counts, selected, onSelect }: ClassCountsProps) {
  const isShort = areShort(classes);
  const largest = Math.max(1, ...counts);
  // The most characters of a number above a column, or of a name below one.
  const texts = [...counts.map(formatCount), ...(isShort ? classes : [])];
  const longest = Math.max(...texts.map(({ length }) => length));
  return (
    <div
      class={isShort ? 'class-counts' : 'class-counts long-names'}
      style={{ '--characters': String(longest) }}
      role="group"
      aria-label="Images per class"
    >
      {classes.map((name, label) => (
        <button
          key={name}
          type="button"
          aria-pressed={selected === label}
          onClick={() => {
            onSelect(selected === label ? undefined : label);
          }}
        >
          <span class="count">{formatCount(counts[label])}</span>
          <span class="visually-hidden"> images of class </span>
          <span class="column">
            <span style={{ transform: `scaleY(${counts[label] / largest})` }} />
          </span>
          <span class="class class-name" title={name}>
            {name}
          </span>
        </button>
      ))}
    </div>
  );
}
