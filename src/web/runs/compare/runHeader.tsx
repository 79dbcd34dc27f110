import type { Run } from '#inkling/server/apiSchemas.js';
import { hrefOf } from '../../../components/route.js';

/** The head of a table with a column for each run. */
export function RunHeader({ runs, first }: { runs: readonly Run[]; first: string }) {
  return (
    <thead>
      <tr>
        {first === '' ? <td /> : <th>{first}</th>}
        {runs.map(({ name }) => (
          <th key={name} scope="col">
            <a href={hrefOf('runs', name)}>{name}</a>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** More columns do not fit on a phone, where the table scrolls instead. */
const MAX_NARROW = 2;

/** The class of a table with a column for each run. */
export function comparisonClass(runs: readonly Run[]): string {
  return runs.length > MAX_NARROW ? 'comparison many' : 'comparison';
}
