import { formatCount, formatPercent } from '#inkling/core/format.js';
import type { ClassificationMetrics } from '#inkling/train/metrics.js';

/** Precision, recall and F1 score of every class. */
export function ClassTable(props: {
  classes: readonly string[];
  perClass: ClassificationMetrics['perClass'];
}) {
  const { classes, perClass } = props;
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Scores per class">
      <table class="class-scores">
        <thead>
          <tr>
            <th>Class</th>
            <th class="number">Precision</th>
            <th class="number">Recall</th>
            <th class="number">F1 score</th>
            <th class="number">Images</th>
          </tr>
        </thead>
        <tbody>
          {perClass.map(({ precision, recall, f1, support }, label) => (
            <tr key={classes[label]}>
              <th scope="row">{classes[label]}</th>
              <td class="number">{formatPercent(precision)}</td>
              <td class="number">{formatPercent(recall)}</td>
              <td class="number">{formatPercent(f1)}</td>
              <td class="number">{formatCount(support)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
