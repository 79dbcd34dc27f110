import { formatPercent } from '#inkling/core/format.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { MAX_COMPARED_RUNS } from '#inkling/server/runs/comparisonSchemas.js';
import { formatTick } from '../../../components/format.js';
import { hrefOf } from '../../../components/route.js';
import { LineChart } from '../../../components/charts/lineChart.js';
import { TONES } from '../../../components/charts/tones.js';
import { Notice } from '../../../components/notice.js';
import { ClassComparison } from './classComparison.js';
import { FactsTable } from './factsTable.js';
import { PairedResults } from './pairedResults.js';
import { useRuns } from './useRuns.js';

/** Two to ten runs side by side. */
export function ComparePage({ names }: { names: readonly string[] }) {
  if (names.length > MAX_COMPARED_RUNS || new Set(names).size < names.length) {
    return <Notice isError>Select 2 to {MAX_COMPARED_RUNS} different runs to compare them.</Notice>;
  }
  return <Comparison key={names.join('\n')} names={names} />;
}

function Comparison({ names }: { names: readonly string[] }) {
  const { value: runs, error } = useRuns(names);
  if (error !== undefined) return <Notice isError>{error}</Notice>;
  if (runs === undefined) return <Notice>Loading the runs…</Notice>;
  return (
    <>
      <section class="card">
        <p class="breadcrumb">
          <a href={hrefOf('runs')}>Runs</a> /
        </p>
        <h1>{names.length === 2 ? names.join(' vs. ') : `Comparison of ${names.length} runs`}</h1>
        <FactsTable runs={runs} />
      </section>
      <PairedResults runs={runs} />
      {runs.some(({ epochs }) => epochs.length > 0) && (
        <section class="card charts" aria-label="Validation curves">
          <LineChart
            title="Validation accuracy"
            format={formatPercent}
            series={seriesOf(runs, 'validationAccuracy')}
          />
          <LineChart title="Validation loss" format={formatTick} series={seriesOf(runs, 'validationLoss')} />
        </section>
      )}
      <ClassComparison runs={runs} />
    </>
  );
}

function seriesOf(runs: readonly Run[], value: 'validationAccuracy' | 'validationLoss') {
  return runs.map(({ name, epochs }, i) => ({
    title: name,
    tone: TONES[i],
    values: epochs.map((epoch) => epoch[value]),
  }));
}
