import { formatPercent } from '#inkling/core/format.js';
import { type SweepItem, sweepListSchema } from '#inkling/server/apiSchemas.js';
import { formatMetric } from '#inkling/sweep/formatSweep.js';
import { getJson, useLoaded } from '../api.js';
import { orDash } from '../../components/format.js';
import { hrefOf } from '../../components/route.js';
import { Notice } from '../../components/notice.js';
import { useTicks } from '../../components/useTicks.js';

/** Interval at which the list is loaded again, since a sweep may start at any time. */
const REFRESH_MS = 3000;

/** All sweeps. */
export function SweepsPage() {
  const tick = useTicks(REFRESH_MS);
  const list = useLoaded(String(tick), (signal) => getJson(sweepListSchema, 'api/sweeps', signal));
  if (list.error !== undefined) return <Notice isError>{list.error}</Notice>;
  if (list.value === undefined) return <Notice>Loading the sweeps…</Notice>;
  const { sweeps } = list.value;
  return (
    <section class="card">
      <header class="card-header">
        <h1>Sweeps</h1>
      </header>
      {sweeps.length === 0 ? (
        <p>
          There are no sweeps yet. Start one with <code>inkling sweep</code>; it appears here as soon as its
          first trial begins.
        </p>
      ) : (
        <div class="table-scroll" tabIndex={0} role="region" aria-label="Table of sweeps">
          <table class="runs">
            <thead>
              <tr>
                <th>Sweep</th>
                <th class="number from-small">Trials</th>
                <th class="number">Validation</th>
                <th class="number from-small">Test accuracy</th>
                <th class="from-small">Sampler</th>
                <th class="from-small">Pruner</th>
                <th>State</th>
              </tr>
            </thead>
            <tbody>
              {sweeps.map((sweep) => (
                <Row key={sweep.name} sweep={sweep} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Row({ sweep }: { sweep: SweepItem }) {
  const { name, state, problem, ended, target, direction, validation, testAccuracy, sampler, pruner } = sweep;
  return (
    <tr>
      <th scope="row">{state === 'broken' ? name : <a href={hrefOf('sweeps', name)}>{name}</a>}</th>
      <td class="number from-small">{orDash(ended, (count) => `${count}/${target ?? ''}`)}</td>
      <td class="number">{orDash(direction, (each) => formatMetric(validation, each))}</td>
      <td class="number from-small">{orDash(testAccuracy, formatPercent)}</td>
      <td class="from-small">{orDash(sampler, String)}</td>
      <td class="from-small">{orDash(pruner, String)}</td>
      <td>
        <span class={`badge ${state}`}>{state}</span>
        {problem !== undefined && <p class="problem muted">{problem}</p>}
      </td>
    </tr>
  );
}
