import { useState } from 'preact/hooks';
import { messageOf } from '#inkling/core/errors.js';
import type { Sweep, SweepTrial } from '#inkling/server/apiSchemas.js';
import { formatMetric, formatParams, metricName } from '#inkling/sweep/formatSweep.js';
import { post } from '../api.js';
import { hrefOf } from '../../components/route.js';
import { Notice } from '../../components/notice.js';
import { pathOf } from './useSweep.js';

/** All trials, the newest first, with a button that stops a running one. */
export function TrialTable({ sweep, name, onStop }: { sweep: Sweep; name: string; onStop: () => void }) {
  const [error, setError] = useState<string>();
  const stop = async (number: number) => {
    setError(undefined);
    await post(`${pathOf(name)}/trials/${number}/stop`).catch((reason: unknown) => {
      setError(messageOf(reason));
    });
    onStop();
  };
  return (
    <section class="card" aria-labelledby="trials">
      <h2 id="trials">Trials</h2>
      {error !== undefined && <Notice isError>{error}</Notice>}
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Table of trials">
        <table class="runs trials">
          <thead>
            <tr>
              <th>Trial</th>
              <th class="number">{metricName(sweep.direction)}</th>
              <th class="number">Epochs</th>
              <th>State</th>
              <th>Settings</th>
            </tr>
          </thead>
          <tbody>
            {sweep.trials.toReversed().map((trial) => (
              <Row key={trial.number} trial={trial} sweep={sweep} onStop={() => void stop(trial.number)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ trial, sweep, onStop }: { trial: SweepTrial; sweep: Sweep; onStop: () => void }) {
  const { number, run, value, epochs, state, params, error, isStopping } = trial;
  const isStoppable = sweep.state === 'running' && state === 'running';
  return (
    <tr>
      <th scope="row">{run === undefined ? number : <a href={hrefOf('runs', run)}>{number}</a>}</th>
      <td class="number">{formatMetric(value, sweep.direction)}</td>
      <td class="number">{epochs}</td>
      <td>
        <span class={`badge ${state}`}>{number === sweep.best ? 'best' : state}</span>{' '}
        {isStoppable && (
          <button type="button" class="button" disabled={isStopping} onClick={onStop}>
            {isStopping ? 'Stopping…' : 'Stop'}
            <span class="visually-hidden"> trial {number}</span>
          </button>
        )}
      </td>
      <td class="settings">
        {formatParams(params)}
        {error !== undefined && <p class="problem muted">{error}</p>}
      </td>
    </tr>
  );
}
