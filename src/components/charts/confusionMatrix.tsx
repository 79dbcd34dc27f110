import { areShort } from '#inkling/report/charts/axes.js';
import { confusionCells } from '#inkling/report/charts/confusionCells.js';
import { useTexts } from '../texts.js';

/** A cell of the confusion matrix: the images of one class predicted as another, or correctly as itself. */
export interface Cell {
  readonly label: number;
  readonly predicted: number;
}

/** Maximum share of the color in the background of a cell, so that its number stays readable. */
const MAX_INTENSITY = 0.4;

/** A table with more columns is neither readable nor fast. */
const MAX_CLASSES = 60;

interface ConfusionMatrixProps {
  readonly classes: readonly string[];
  /** `[true class][predicted class]` */
  readonly confusion: readonly (readonly number[])[];
  readonly selected: Cell | undefined;
  readonly onSelect: (cell: Cell) => void;
}

/** The number of images of each class predicted as each class. Only errors are colored, since they are far fewer. */
export function ConfusionMatrix({ classes, confusion, selected, onSelect }: ConfusionMatrixProps) {
  const texts = useTexts();
  const cells = confusionCells(confusion);
  const shown = shownLabels(confusion);
  const isShort = areShort(classes);
  // The most characters of a number in a cell, or of a name above one.
  const longest = shown.reduce((most, label) => {
    const counts = shown.map((predicted) => String(confusion[label][predicted]).length);
    return Math.max(most, isShort ? classes[label].length : 1, ...counts);
  }, 1);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={texts.confusionMatrix}>
      <table
        class={isShort ? 'confusion' : 'confusion long-names'}
        style={{ '--characters': String(longest), '--columns': String(shown.length) }}
      >
        <caption>
          {texts.confusionCaption}
          {shown.length < classes.length && ` ${texts.mostErrors(shown.length)}`}
        </caption>
        <thead>
          <tr>
            <td />
            {shown.map((label) => (
              <th key={label} scope="col" title={classes[label]}>
                <span class="class-name">{classes[label]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((label) => (
            <tr key={label}>
              <th scope="row" title={classes[label]}>
                {classes[label]}
              </th>
              {shown
                .map((predicted) => cells[label][predicted])
                .map(({ predicted, count, isCorrect, intensity }) => (
                  <td key={classes[predicted]} class={isCorrect ? 'correct' : ''}>
                    {count === 0 ? (
                      <span class="zero">·</span>
                    ) : (
                      <button
                        type="button"
                        aria-label={texts.predictedAs(classes[label], classes[predicted], count)}
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

/** All labels, or those of the classes with the most errors, in their order. */
function shownLabels(confusion: readonly (readonly number[])[]): number[] {
  const labels = [...confusion.keys()];
  if (labels.length <= MAX_CLASSES) return labels;
  const errors = labels.map((label) =>
    labels.reduce(
      (sum, other) => (other === label ? sum : sum + confusion[label][other] + confusion[other][label]),
      0,
    ),
  );
  return labels
    .sort((a, b) => errors[b] - errors[a])
    .slice(0, MAX_CLASSES)
    .sort((a, b) => a - b);
}
