import type { Run } from '#inkling/server/apiSchemas.js';
import { formatCount, formatPercent } from '../format.js';

type PerClass = NonNullable<NonNullable<Run['summary']>['test']>['perClass'];

/** Precision, recall and F1 of every class. */
export function ClassTable({ classes, perClass }: { classes: readonly string[]; perClass: PerClass }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Scores of each class">
      <table class="scores">
        <thead>
          <tr>
            <th>Class</th>
            <th class="number">Precision</th>
            <th class="number">Recall</th>
            <th class="number">F1</th>
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
