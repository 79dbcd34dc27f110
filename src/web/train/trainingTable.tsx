import type { Training } from '#inkling/server/training/trainingSchemas.js';
import { hrefOf } from '../../components/route.js';
import { StopButton } from './stopButton.js';

/** What a training does, in words. */
const STATES: Readonly<Record<Training['state'], string>> = {
  waiting: 'waiting',
  loading: 'loading the data set',
  training: 'running',
  done: 'done',
  stopped: 'stopped',
  failed: 'failed',
};

/** The trainings that were started from pages, the last one first. */
export function TrainingTable(props: { trainings: readonly Training[]; onStop: () => void }) {
  const { trainings, onStop } = props;
  return (
    <section class="card" aria-labelledby="trainings">
      <h2 id="trainings">Trainings</h2>
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Table of trainings">
        <table class="runs">
          <thead>
            <tr>
              <th>Run</th>
              <th class="from-small">Network</th>
              <th class="from-small">Data set</th>
              <th class="number from-small">Epochs</th>
              <th>State</th>
            </tr>
          </thead>
          <tbody>
            {trainings.toReversed().map((training) => (
              <Row key={training.id} training={training} onStop={onStop} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ training, onStop }: { training: Training; onStop: () => void }) {
  const { id, state, run, dataset, model, epochs, error } = training;
  const isRunning = state === 'training';
  return (
    <tr>
      <th scope="row">{run === undefined ? `Training ${id}` : <a href={hrefOf('runs', run)}>{run}</a>}</th>
      <td class="text from-small">{model}</td>
      <td class="text from-small">{dataset}</td>
      <td class="number from-small">{epochs}</td>
      <td>
        <span class={`badge ${isRunning ? 'running' : state}`}>{STATES[state]}</span>{' '}
        {(isRunning || state === 'waiting' || state === 'loading') && (
          <StopButton training={training} onStop={onStop} />
        )}
        {error !== undefined && <p class="problem">{error}</p>}
      </td>
    </tr>
  );
}
