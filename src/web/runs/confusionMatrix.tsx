import type { Cell } from './selection.js';

interface ConfusionMatrixProps {
  readonly classes: readonly string[];
  /** `[true class][predicted class]` */
  readonly confusion: readonly (readonly number[])[];
  readonly chosen: Cell | undefined;
  readonly onChoose: (cell: Cell) => void;
}

/** How many images of each class were taken for which; mistakes have the colour, as hits would drown them. */
export function ConfusionMatrix({ classes, confusion, chosen, onChoose }: ConfusionMatrixProps) {
  const mistakes = confusion.flatMap((row, label) => row.filter((_, predicted) => predicted !== label));
  const most = Math.max(1, ...mistakes);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Confusion matrix">
      <table class="confusion">
        <caption>Rows: what it is. Columns: what it was taken for.</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusion.map((row, label) => (
            <tr key={classes[label]}>
              <th scope="row">{classes[label]}</th>
              {row.map((count, predicted) => (
                <td key={classes[predicted]} class={label === predicted ? 'hit' : ''}>
                  {count === 0 ? (
                    <span class="none">·</span>
                  ) : (
                    <button
                      type="button"
                      aria-label={`${classes[label]} taken for ${classes[predicted]}: ${count}`}
                      aria-pressed={chosen?.label === label && chosen.predicted === predicted}
                      style={{ '--heat': label === predicted ? '0' : String(0.1 + 0.3 * (count / most)) }}
                      onClick={() => {
                        onChoose({ label, predicted });
                      }}
                    >
                      {count}
                    </button>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
