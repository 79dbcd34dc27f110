import { datasetListSchema } from '#inkling/server/apiSchemas.js';
import { Notice } from '../../components/notice.js';
import { hrefOf } from '../../components/route.js';
import { getJson, useLoaded } from '../api.js';
import { TrainForm } from './trainForm.js';
import { TrainingTable } from './trainingTable.js';
import { useTrainings } from './useTrainings.js';

/** Starts trainings on the machine of the server, and lists them. */
export function TrainPage() {
  const list = useTrainings();
  const datasets = useLoaded('datasets', (signal) => getJson(datasetListSchema, 'api/data', signal));
  const error = list.error ?? datasets.error;
  if (error !== undefined) return <Notice isError>{error}</Notice>;
  if (list.value === undefined || datasets.value === undefined)
    return <Notice>Loading the trainings…</Notice>;
  const { isAllowed, trainings } = list.value;
  return (
    <>
      <section class="card">
        <p class="breadcrumb">
          <a href={hrefOf('runs')}>Runs</a> /
        </p>
        <header class="card-header">
          <h1>Train a network</h1>
        </header>
        {isAllowed ? (
          <TrainForm datasets={datasets.value.datasets} onStart={list.reload} />
        ) : (
          <p>
            This server does not train for its pages. Start it with{' '}
            <code>inkling serve --allow-training</code>, or train with <code>inkling train</code>.
          </p>
        )}
      </section>
      {trainings.length > 0 && <TrainingTable trainings={trainings} onStop={list.reload} />}
    </>
  );
}
