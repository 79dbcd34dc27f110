import type { Curve } from '#inkling/report/charts/curves.js';
import { accuracyCurves, lossCurves } from '#inkling/report/charts/trainingCurves.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { hrefOf } from '../route.js';
import { formatCount, formatLoss, formatPercent, formatSeconds } from '../format.js';
import { Facts } from '../ui/facts.js';
import { LineChart, type Series } from '../ui/lineChart.js';
import { Notice } from '../ui/notice.js';
import { EpochTable } from './epochTable.js';
import { ConfusionPanel } from './confusionPanel.js';
import { LiveProgress } from './liveProgress.js';
import { StateBadge } from './stateBadge.js';
import { useRun } from './useRun.js';

/** One run: figures, curves, and where it errs. */
export function RunPage({ name }: { name: string }) {
  const { value: run, problem } = useRun(name);
  if (problem !== undefined) return <Notice problem>{problem}</Notice>;
  if (run === undefined) return <Notice>Loading the run …</Notice>;
  return (
    <>
      <section class="card">
        <p class="path">
          <a href={hrefOf('runs')}>Runs</a> /
        </p>
        <header class="title">
          <h1>{run.name}</h1>
          <StateBadge state={run.state} />
        </header>
        {run.state === 'running' && run.progress && <LiveProgress progress={run.progress} />}
        {run.summary?.error !== undefined && <Notice problem>{run.summary.error}</Notice>}
        <Facts facts={factsOf(run)} />
      </section>
      {run.epochs.length > 0 && <Curves run={run} />}
      {run.summary?.test && <ConfusionPanel run={run.name} summary={run.summary} test={run.summary.test} />}
    </>
  );
}

/** What a run was and how well it did. */
export function factsOf({ config, summary }: Run): [name: string, value: string][] {
  return [
    ['test accuracy', formatPercent(summary?.test?.accuracy)],
    ['validation, best epoch', formatPercent(summary?.best?.validationAccuracy)],
    ['model', config.model],
    ['parameters', formatCount(summary?.model.parameters)],
    ['data', summary?.dataset.name ?? config.dataset],
    ['time', formatSeconds(summary?.timing.totalSeconds)],
    ['images a second', formatCount(summary?.timing.imagesPerSecond)],
    ['optimizer', `${config.optimizer}, rate ${config.learningRate}`],
    ['seed', String(config.seed)],
  ];
}

/** Validation stands in front. */
function toned(curves: readonly Curve[]): Series[] {
  return curves.map((curve) => ({ ...curve, tone: curve.title === 'training' ? 'faint' : 'main' }));
}

function Curves({ run: { epochs } }: { run: Run }) {
  return (
    <section class="card" aria-label="Curves">
      <div class="charts">
        <LineChart title="Loss" format={formatLoss} series={toned(lossCurves(epochs))} />
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
