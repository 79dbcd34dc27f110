import { areEqual } from '#inkling/core/arrays.js';
import { formatPercent } from '#inkling/core/format.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { comparisonClass, RunHeader } from './runHeader.js';

/** F1 score of each class in each run, if they have the same classes; the best one is highlighted. */
export function ClassComparison({ runs }: { runs: readonly Run[] }) {
  const tested = runs.filter(({ summary }) => summary?.test !== undefined);
  const classes = tested.at(0)?.summary?.dataset.classes ?? [];
  if (
    tested.length < 2 ||
    !tested.every(({ summary }) => areEqual(summary?.dataset.classes ?? [], classes))
  ) {
    return null;
  }
  const scores = classes.map((_, label) =>
    tested.map(({ summary }) => summary?.test?.perClass[label].f1 ?? 0),
  );
  return (
    <section class="card">
      <h2>F1 score per class</h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="F1 score per class">
        <table class={comparisonClass(tested)}>
          <RunHeader runs={tested} first="Class" />
          <tbody>
            {classes.map((name, label) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {scores[label].map((score, i) => (
                  <td key={tested[i].name} class={isBest(score, scores[label]) ? 'positive' : ''}>
                    {formatPercent(score)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Whether a score is the highest, unless all are equal. */
function isBest(score: number, scores: readonly number[]): boolean {
  return score === Math.max(...scores) && score > Math.min(...scores);
}
