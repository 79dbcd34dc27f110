import { confusionCells } from '#inkling/report/charts/confusionCells.js';
import type { Cell } from './selection.js';

/** Share of its colour that a cell has at most: its number stays readable. */
const HOTTEST = 0.4;

interface ConfusionMatrixProps {
  readonly classes: readonly string[];
  /** `[true class][predicted class]` */
  readonly confusion: readonly (readonly number[])[];
  readonly chosen: Cell | undefined;
  readonly onChoose: (cell: Cell) => void;
}

/** How many images of each class were taken for which; mistakes have the colour, as hits would drown them. */
export function ConfusionMatrix({ classes, confusion, chosen, onChoose }: ConfusionMatrixProps) {
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
          {confusionCells(confusion).map((row, label) => (
            <tr key={classes[label]}>
              <th scope="row">{classes[label]}</th>
              {row.map(({ predicted, count, isCorrect, intensity }) => (
                <td key={classes[predicted]} class={isCorrect ? 'hit' : ''}>
                  {count === 0 ? (
                    <span class="none">·</span>
                  ) : (
                    <button
                      type="button"
                      aria-label={`${classes[label]} taken for ${classes[predicted]}: ${count}`}
                      aria-pressed={chosen?.label === label && chosen.predicted === predicted}
                      style={{ '--heat': String(isCorrect ? 0 : HOTTEST * intensity) }}
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
