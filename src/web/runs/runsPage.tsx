import { useState } from 'preact/hooks';
import { type RunItem, runListSchema } from '#inkling/server/apiSchemas.js';
import { hrefOf } from '../route.js';
import { getJson, useLoaded } from '../api.js';
import { formatCount, formatPercent, formatSeconds } from '../format.js';
import { Notice } from '../ui/notice.js';
import { useTicks } from '../ui/useTicks.js';
import { StateBadge } from './stateBadge.js';

/** The list is asked for so often: a run may begin at any time. */
const REFRESH_MS = 3000;

interface Column {
  readonly title: string;
  readonly valueOf: (run: RunItem) => string | number | undefined;
  readonly show: (run: RunItem) => string;
  readonly isNumber?: boolean;
  /** Shown on a phone too. */
  readonly isMain?: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'Model', valueOf: (run) => run.model, show: (run) => run.model ?? '–' },
  { title: 'Data', valueOf: (run) => run.dataset, show: (run) => run.dataset ?? '–' },
  { title: 'Seed', valueOf: (run) => run.seed, show: (run) => String(run.seed ?? '–'), isNumber: true },
  { title: 'Epochs', valueOf: (run) => run.epochs, show: (run) => formatCount(run.epochs), isNumber: true },
  {
    title: 'Parameters',
    valueOf: (run) => run.parameters,
    show: (run) => formatCount(run.parameters),
    isNumber: true,
  },
  {
    title: 'Validation',
    valueOf: (run) => run.validationAccuracy,
    show: (run) => formatPercent(run.validationAccuracy),
    isNumber: true,
  },
  {
    title: 'Test',
    valueOf: (run) => run.testAccuracy,
    show: (run) => formatPercent(run.testAccuracy),
    isNumber: true,
    isMain: true,
  },
  { title: 'Time', valueOf: (run) => run.seconds, show: (run) => formatSeconds(run.seconds), isNumber: true },
];

const NAME: Column = { title: 'Run', valueOf: (run) => run.name, show: (run) => run.name, isMain: true };

function classOf({ isNumber = false, isMain = false }: Column): string {
  return `${isNumber ? 'number' : ''} ${isMain ? '' : 'minor'}`.trim();
}

/** Every run of the folder, sorted by whatever column, two of which can be compared. */
export function RunsPage() {
  const tick = useTicks(REFRESH_MS);
  const list = useLoaded(String(tick), (signal) => getJson(runListSchema, 'api/runs', signal));
  const [order, setOrder] = useState({ title: NAME.title, isDescending: false });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  if (list.problem !== undefined) return <Notice problem>{list.problem}</Notice>;
  if (list.value === undefined) return <Notice>Loading the runs …</Notice>;
  const { runs } = list.value;
  const column = [NAME, ...COLUMNS].find(({ title }) => title === order.title) ?? NAME;
  const sorted = [...runs].sort((a, b) => compare(column.valueOf(a), column.valueOf(b), order.isDescending));
  const toggle = (name: string) => {
    setChosen(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen.slice(-1), name]);
  };

  return (
    <section class="card">
      <header class="title">
        <h1>Runs</h1>
        {chosen.length === 2 ? (
          <a class="button primary" href={hrefOf('runs', ...chosen)}>
            Compare the two
          </a>
        ) : (
          runs.length > 1 && <p class="muted">Choose two to compare them.</p>
        )}
      </header>
      {runs.length === 0 ? (
        <p>
          There are none yet. <code>inkling train</code> makes one, and it appears here while it goes on.
        </p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label="Table of runs">
          <table class="runs">
            <thead>
              <tr>
                <th>
                  <span class="hidden">Compare</span>
                </th>
                {[NAME, ...COLUMNS].map((each) => (
                  <SortableHeader key={each.title} column={each} order={order} onOrder={setOrder} />
                ))}
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((run) => (
                <Row key={run.name} run={run} isChosen={chosen.includes(run.name)} onToggle={toggle} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface Order {
  readonly title: string;
  readonly isDescending: boolean;
}

function SortableHeader(props: { column: Column; order: Order; onOrder: (order: Order) => void }) {
  const { column, order, onOrder } = props;
  const isSorted = order.title === column.title;
  const direction = order.isDescending ? 'descending' : 'ascending';
  return (
    <th class={classOf(column)} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        onClick={() => {
          onOrder({
            title: column.title,
            isDescending: isSorted ? !order.isDescending : column.isNumber === true,
          });
        }}
      >
        {column.title}
        <span aria-hidden="true">{isSorted ? (order.isDescending ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}

function Row(props: { run: RunItem; isChosen: boolean; onToggle: (name: string) => void }) {
  const { run, isChosen, onToggle } = props;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={run.state === 'unreadable'}
          aria-label={`Compare ${run.name}`}
          onChange={() => {
            onToggle(run.name);
          }}
        />
      </td>
      <th scope="row">
        {run.state === 'unreadable' ? run.name : <a href={hrefOf('runs', run.name)}>{run.name}</a>}
      </th>
      {COLUMNS.map((column) => (
        <td key={column.title} class={classOf(column)}>
          {column.show(run)}
        </td>
      ))}
      <td>
        <StateBadge state={run.state} problem={run.problem} />
      </td>
    </tr>
  );
}

/** Numbers by size, words by number and letter, and what is missing last. */
function compare(
  a: string | number | undefined,
  b: string | number | undefined,
  isDescending: boolean,
): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const order =
    typeof a === 'number' && typeof b === 'number'
      ? a - b
      : String(a).localeCompare(String(b), 'en', { numeric: true });
  return isDescending ? -order : order;
}
