import { formatPercent } from '#inkling/core/format.js';
import type { Curve } from '#inkling/report/charts/curves.js';
import { accuracyCurves, lossCurves } from '#inkling/report/charts/trainingCurves.js';
import { describeSelection } from '#inkling/predict/fitting/describeSelection.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { formatTick } from '../../components/format.js';
import { hrefOf } from '../../components/route.js';
import { Facts } from '../../components/facts.js';
import { LineChart, type Series } from '../../components/charts/lineChart.js';
import { Notice } from '../../components/notice.js';
import { ConfusionPanel } from './confusionPanel.js';
import { EpochTable } from './epochTable.js';
import { LiveProgress } from './liveProgress.js';
import { RunFiles } from './runFiles.js';
import { RunStop } from '../train/runStop.js';
import { factsOf } from './runFacts.js';
import { StateBadge } from './stateBadge.js';
import { useRun } from './useRun.js';

/** One run: configuration, results, training curves and errors. */
export function RunPage({ name }: { name: string }) {
  const { value: run, error } = useRun(name);
  if (error !== undefined) return <Notice isError>{error}</Notice>;
  if (run === undefined) return <Notice>Loading the run…</Notice>;
  const { state, progress, summary, epochs } = run;
  // The name of a trial's run begins with that of its sweep.
  const sweep = name.includes('/') ? name.split('/')[0] : undefined;
  return (
    <>
      <section class="card">
        <p class="breadcrumb">
          {sweep === undefined ? (
            <a href={hrefOf('runs')}>Runs</a>
          ) : (
            <>
              <a href={hrefOf('sweeps')}>Sweeps</a> / <a href={hrefOf('sweeps', sweep)}>{sweep}</a>
            </>
          )}{' '}
          /
        </p>
        <header class="card-header">
          <h1>{run.name.split('/').at(-1)}</h1>
          <StateBadge state={state} />
          {state === 'running' && <RunStop run={name} />}
        </header>
        {state === 'running' && progress && <LiveProgress progress={progress} />}
        {summary?.error !== undefined && <Notice isError>{summary.error}</Notice>}
        {summary?.notices?.map((notice) => (
          <Notice key={notice}>{notice}</Notice>
        ))}
        <Facts facts={factsOf(run)} />
        {summary?.calibration && (
          <p class="muted">
            Confidence: temperature {summary.calibration.temperature.toFixed(2)},{' '}
            {describeSelection(summary.calibration)}.
          </p>
        )}
        <RunFiles run={run} />
      </section>
      {epochs.length > 0 && <TrainingCurves epochs={epochs} />}
      {summary?.test && <ConfusionPanel run={name} summary={summary} test={summary.test} />}
    </>
  );
}

function TrainingCurves({ epochs }: { epochs: Run['epochs'] }) {
  return (
    <section class="card" aria-label="Training curves">
      <div class="charts">
        <LineChart title="Loss" format={formatTick} series={toned(lossCurves(epochs))} />
        <LineChart
          title="Accuracy"
          format={(percent) => formatPercent(percent / 100)}
          series={toned(accuracyCurves(epochs))}
        />
      </div>
      <EpochTable epochs={epochs} />
    </section>
  );
}

/** Validation stands out. */
function toned(curves: readonly Curve[]): Series[] {
  return curves.map((curve) => ({ ...curve, tone: curve.title === 'training' ? 'faint' : 'main' }));
}
