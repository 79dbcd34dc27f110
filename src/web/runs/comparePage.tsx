import { formatPercent } from '#inkling/core/format.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { formatTick } from '../../components/format.js';
import { hrefOf } from '../../components/route.js';
import { LineChart } from '../../components/charts/lineChart.js';
import { Notice } from '../../components/notice.js';
import { factsOf } from './runFacts.js';
import { useRun } from './useRun.js';

/** Two runs side by side. */
export function ComparePage({ names }: { names: readonly [string, string] }) {
  const first = useRun(names[0]);
  const second = useRun(names[1]);
  const error = first.error ?? second.error;
  if (error !== undefined) return <Notice isError>{error}</Notice>;
  if (first.value === undefined || second.value === undefined) return <Notice>Loading the runs…</Notice>;
  const runs = [first.value, second.value] as const;
  return (
    <>
      <section class="card">
        <p class="breadcrumb">
          <a href={hrefOf('runs')}>Runs</a> /
        </p>
        <h1>
          {names[0]} vs. {names[1]}
        </h1>
        <FactsTable runs={runs} />
      </section>
      <section class="card charts" aria-label="Validation curves">
        <LineChart
          title="Validation accuracy"
          format={formatPercent}
          series={seriesOf(runs, 'validationAccuracy')}
        />
        <LineChart title="Validation loss" format={formatTick} series={seriesOf(runs, 'validationLoss')} />
      </section>
      <ClassComparison runs={runs} />
    </>
  );
}

type Pair = readonly [Run, Run];

function seriesOf(runs: Pair, value: 'validationAccuracy' | 'validationLoss') {
  return runs.map(({ name, epochs }, i) => ({
    title: name,
    tone: i === 0 ? ('main' as const) : ('other' as const),
    values: epochs.map((epoch) => epoch[value]),
  }));
}

function FactsTable({ runs }: { runs: Pair }) {
  const [first, second] = runs.map(factsOf);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Configuration and results">
      <table class="comparison">
        <Header runs={runs} first="" />
        <tbody>
          {first.map(([name, value], i) => (
            <tr key={name} class={value === second[i][1] ? 'same' : ''}>
              <th scope="row">{name}</th>
              <td>{value}</td>
              <td>{second[i][1]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** F1 score of each class in both runs; the better one is highlighted. */
function ClassComparison({ runs }: { runs: Pair }) {
  const tests = runs.map(({ summary }) => summary?.test);
  const classes = runs[0].summary?.dataset.classes ?? [];
  if (tests[0]?.perClass.length !== tests[1]?.perClass.length || classes.length === 0) return null;
  const scores = classes.map((_, label) => tests.map((test) => test?.perClass[label].f1 ?? 0));
  return (
    <section class="card">
      <h2>F1 score per class</h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="F1 score per class">
        <table class="comparison">
          <Header runs={runs} first="Class" />
          <tbody>
            {classes.map((name, label) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {scores[label].map((score, i) => (
                  <td key={runs[i].name} class={score > scores[label][1 - i] ? 'positive' : ''}>
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

function Header({ runs, first }: { runs: Pair; first: string }) {
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
