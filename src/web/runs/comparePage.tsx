import type { Run } from '#inkling/server/apiSchemas.js';
import { hrefOf } from '../route.js';
import { formatLoss, formatPercent } from '../format.js';
import { LineChart } from '../ui/lineChart.js';
import { Notice } from '../ui/notice.js';
import { factsOf } from './runPage.js';
import { useRun } from './useRun.js';

/** Two runs side by side. */
export function ComparePage({ names }: { names: readonly [string, string] }) {
  const first = useRun(names[0]);
  const second = useRun(names[1]);
  const problem = first.problem ?? second.problem;
  if (problem !== undefined) return <Notice problem>{problem}</Notice>;
  if (first.value === undefined || second.value === undefined) return <Notice>Loading the runs …</Notice>;
  const runs = [first.value, second.value] as const;
  return (
    <>
      <section class="card">
        <p class="path">
          <a href={hrefOf('runs')}>Runs</a> /
        </p>
        <h1>
          {names[0]} and {names[1]}
        </h1>
        <FactsTable runs={runs} />
      </section>
      <section class="card charts" aria-label="Curves">
        <LineChart
          title="Validation accuracy"
          format={formatPercent}
          series={seriesOf(runs, 'validationAccuracy')}
        />
        <LineChart title="Validation loss" format={formatLoss} series={seriesOf(runs, 'validationLoss')} />
      </section>
      <ClassesTable runs={runs} />
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
    <div class="scroll" tabIndex={0} role="region" aria-label="Both runs in figures">
      <table class="pair">
        <Heads runs={runs} first="" />
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

/** F1 of each class in both; the better one is marked. */
function ClassesTable({ runs }: { runs: Pair }) {
  const tests = runs.map(({ summary }) => summary?.test);
  const classes = runs[0].summary?.dataset.classes ?? [];
  if (tests[0]?.perClass.length !== tests[1]?.perClass.length || classes.length === 0) return null;
  const scores = classes.map((_, label) => tests.map((test) => test?.perClass[label].f1 ?? 0));
  return (
    <section class="card">
      <h2>F1 of each class</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="F1 of each class in both runs">
        <table class="pair">
          <Heads runs={runs} first="Class" />
          <tbody>
            {classes.map((name, label) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {scores[label].map((score, i) => (
                  <td key={runs[i].name} class={score > scores[label][1 - i] ? 'better' : ''}>
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

function Heads({ runs, first }: { runs: Pair; first: string }) {
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
