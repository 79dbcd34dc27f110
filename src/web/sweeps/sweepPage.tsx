import { formatPercent } from '#inkling/core/format.js';
import type { Sweep } from '#inkling/server/apiSchemas.js';
import { formatMetric, metricName } from '#inkling/sweep/formatSweep.js';
import { hrefOf } from '../../components/route.js';
import { type Fact, Facts } from '../../components/facts.js';
import { Notice } from '../../components/notice.js';
import { HistoryChart } from './historyChart.js';
import { ParallelChart } from './parallelChart.js';
import { TrialTable } from './trialTable.js';
import { useSweep } from './useSweep.js';

/** One sweep: its result, the history of its trials, their settings, and a table of them. */
export function SweepPage({ name }: { name: string }) {
  const { value: sweep, error, reload } = useSweep(name);
  if (error !== undefined) return <Notice isError>{error}</Notice>;
  if (sweep === undefined) return <Notice>Loading the sweep…</Notice>;
  return (
    <>
      <section class="card">
        <p class="breadcrumb">
          <a href={hrefOf('sweeps')}>Sweeps</a> /
        </p>
        <header class="card-header">
          <h1>{name}</h1>
          <span class={`badge ${sweep.state}`}>{sweep.state}</span>
        </header>
        <Facts facts={factsOf(sweep)} />
        {sweep.conclusion !== undefined && <p class="conclusion">Conclusion: {sweep.conclusion}.</p>}
      </section>
      {sweep.trials.some(({ value }) => value !== undefined) && (
        <section class="card" aria-label="Charts of the trials">
          <div class="charts">
            <HistoryChart sweep={sweep} />
            <ParallelChart sweep={sweep} />
          </div>
        </section>
      )}
      <TrialTable sweep={sweep} name={name} onStop={reload} />
    </>
  );
}

function factsOf({
  ended,
  target,
  direction,
  best,
  validation,
  testAccuracy,
  sampler,
  pruner,
}: Sweep): Fact[] {
  const facts: (Fact | undefined)[] = [
    ['Trials', `${ended} of ${target}`],
    best === undefined ? undefined : ['Best trial', String(best)],
    ['Best ' + metricName(direction), formatMetric(validation, direction)],
    testAccuracy === undefined ? undefined : ['Test accuracy', formatPercent(testAccuracy)],
    ['Sampler', sampler ?? '-'],
    ['Pruner', pruner ?? '-'],
  ];
  return facts.filter((fact) => fact !== undefined);
}
