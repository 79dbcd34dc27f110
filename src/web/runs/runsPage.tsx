import { useState } from 'preact/hooks';
import { type RunItem, runListSchema } from '#inkling/server/apiSchemas.js';
import { MAX_COMPARED_RUNS } from '#inkling/server/runs/comparisonSchemas.js';
import { getJson, useLoaded } from '../api.js';
import { hrefOf } from '../../components/route.js';
import { Notice } from '../../components/notice.js';
import { useTicks } from '../../components/useTicks.js';
import { type Column, columns, compareRuns, nameColumn, type Order } from './runColumns.js';
import { StateBadge } from './stateBadge.js';

/** Interval at which the list is loaded again, since a run may start at any time. */
const REFRESH_MS = 3000;

/** All runs, sorted by any column; several of them can be compared. */
export function RunsPage() {
  const tick = useTicks(REFRESH_MS);
  const list = useLoaded(String(tick), (signal) => getJson(runListSchema, 'api/runs', signal));
  const [order, setOrder] = useState<Order>({ column: nameColumn, isDescending: false });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (list.error !== undefined) return <Notice isError>{list.error}</Notice>;
  if (list.value === undefined) return <Notice>Loading the runs…</Notice>;
  const { runs } = list.value;
  // A run may have been deleted since.
  const selected = chosen.filter((name) => runs.some((run) => run.name === name));
  const toggle = (name: string) => {
    const others = selected.filter((other) => other !== name);
    setChosen(selected.includes(name) ? others : [...selected, name]);
  };

  return (
    <section class="card">
      <header class="card-header">
        <h1>Runs</h1>
        <div class="button-group">
          {runs.length > 1 && (
            <CompareLink
              selected={selected}
              onClear={() => {
                setChosen([]);
              }}
            />
          )}
          <a class="button" href={hrefOf('train')}>
            Train a network
          </a>
        </div>
      </header>
      {runs.length === 0 ? (
        <p>
          There are no runs yet. Train a network here or with <code>inkling train</code>; its run appears as
          soon as training begins.
        </p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-label="Table of runs">
          <table class="runs">
            <thead>
              <tr>
                <th>
                  <span class="visually-hidden">Compare</span>
                </th>
                {[nameColumn, ...columns].map((column) => (
                  <SortableHeader key={column.title} column={column} order={order} onOrder={setOrder} />
                ))}
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {[...runs]
                .sort((a, b) => compareRuns(a, b, order))
                .map((run) => (
                  <Row
                    key={run.name}
                    run={run}
                    isSelected={selected.includes(run.name)}
                    isFull={selected.length >= MAX_COMPARED_RUNS}
                    onToggle={toggle}
                  />
                ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** Leads to the comparison of the selected runs. */
function CompareLink({ selected, onClear }: { selected: readonly string[]; onClear: () => void }) {
  if (selected.length === 0) {
    return <p class="muted">Select 2 to {MAX_COMPARED_RUNS} runs to compare them.</p>;
  }
  return (
    <>
      <button type="button" onClick={onClear}>
        Clear selection
      </button>
      {selected.length === MAX_COMPARED_RUNS && <p class="muted">No more can be compared.</p>}
      {selected.length === 1 ? (
        <p class="muted">Select another run to compare it with {selected[0]}.</p>
      ) : (
        <a class="button primary" href={hrefOf('runs', ...selected)}>
          Compare {selected.length} runs
        </a>
      )}
    </>
  );
}

function SortableHeader(props: { column: Column; order: Order; onOrder: (order: Order) => void }) {
  const { column, order, onOrder } = props;
  const isSorted = order.column === column;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <th class={classOf(column)} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        onClick={() => {
          onOrder({ column, isDescending: isSorted ? !order.isDescending : column.isNumber });
        }}
      >
        {column.title}
        <span aria-hidden="true">{isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function Row(props: {
  run: RunItem;
  isSelected: boolean;
  /** Whether no other run can be selected. */
  isFull: boolean;
  onToggle: (name: string) => void;
}) {
  const { run, isSelected, isFull, onToggle } = props;
  const isReadable = run.state !== 'broken';
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={isSelected}
          disabled={!isReadable || (isFull && !isSelected)}
          aria-label={`Compare ${run.name}`}
          onChange={() => {
            onToggle(run.name);
          }}
        />
      </td>
      <th scope="row">{isReadable ? <a href={hrefOf('runs', run.name)}>{run.name}</a> : run.name}</th>
      {columns.map((column) => (
        <td key={column.title} class={classOf(column)}>
          {column.format(run)}
        </td>
      ))}
      <td>
        <StateBadge state={run.state} />
        {run.problem !== undefined && <p class="problem muted">{run.problem}</p>}
      </td>
    </tr>
  );
}

function classOf({ isNumber, shownFrom }: Column): string {
  return `${isNumber ? 'number' : 'text'} from-${shownFrom}`;
}
