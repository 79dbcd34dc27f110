import { formatCount } from '#inkling/core/format.js';

interface PagerProps {
  /** Number of images before the page. */
  readonly first: number;
  readonly size: number;
  readonly total: number;
  readonly onFirst: (first: number) => void;
}

/** Moves to the previous or next page, or to the page with a certain image; images are counted from 1. */
export function Pager({ first, size, total, onFirst }: PagerProps) {
  const last = Math.min(total, first + size);
  return (
    <div class="pager">
      <button
        type="button"
        disabled={first === 0}
        onClick={() => {
          onFirst(Math.max(0, first - size));
        }}
      >
        Previous
      </button>
      <span role="status">
        {formatCount(Math.min(first + 1, total))}–{formatCount(last)} of {formatCount(total)}
      </span>
      <button
        type="button"
        disabled={last === total}
        onClick={() => {
          onFirst(first + size);
        }}
      >
        Next
      </button>
      <label>
        Go to image{' '}
        <input
          type="number"
          min={1}
          max={total}
          value={first + 1}
          onChange={({ currentTarget }) => {
            const wanted = Math.min(total, Math.max(1, currentTarget.valueAsNumber || 1));
            onFirst(Math.floor((wanted - 1) / size) * size);
          }}
        />
      </label>
    </div>
  );
}
