import { areShort } from '#inkling/report/charts/axes.js';
import { confusionCells } from '#inkling/report/charts/confusionCells.js';
import type { Cell } from './selection.js';

/** Maximum share of the color in the background of a cell, so that its number stays readable. */
const MAX_INTENSITY = 0.4;

interface ConfusionMatrixProps {
  readonly classes: readonly string[];
  /** `[true class][predicted class]` */
  readonly confusion: readonly (readonly number[])[];
  readonly selected: Cell | undefined;
  readonly onSelect: (cell: Cell) => void;
}

/** The number of images of each class predicted as each class. Only errors are colored, since they are far fewer. */
export function ConfusionMatrix({ classes, confusion, selected, onSelect }: ConfusionMatrixProps) {
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Confusion matrix">
      <table class={areShort(classes) ? 'confusion' : 'confusion long-names'}>
        <caption>Confusion matrix. Rows: true class. Columns: predicted class.</caption>
        <thead>
          <tr>
            <td />
            {classes.map((name) => (
              <th key={name} scope="col" title={name}>
                <span class="class-name">{name}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {confusionCells(confusion).map((row, label) => (
            <tr key={classes[label]}>
              <th scope="row" title={classes[label]}>
                {classes[label]}
              </th>
              {row.map(({ predicted, count, isCorrect, intensity }) => (
                <td key={classes[predicted]} class={isCorrect ? 'correct' : ''}>
                  {count === 0 ? (
                    <span class="zero">·</span>
                  ) : (
                    <button
                      type="button"
                      aria-label={`${classes[label]} predicted as ${classes[predicted]}: ${count}`}
                      aria-pressed={selected?.label === label && selected.predicted === predicted}
                      style={{ '--intensity': String(isCorrect ? 0 : MAX_INTENSITY * intensity) }}
                      onClick={() => {
                        onSelect({ label, predicted });
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
