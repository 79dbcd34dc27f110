import { formatCount } from '../format.js';

interface PagerProps {
  readonly first: number;
  readonly size: number;
  readonly total: number;
  readonly onFirst: (first: number) => void;
}

/** Turns pages, or goes to the page that has a certain image. */
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
        {formatCount(first + 1)} to {formatCount(last)} of {formatCount(total)}
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
        Go to{' '}
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
