import { useState } from 'preact/hooks';
import { messageOf } from '#inkling/core/errors.js';
import type { Training } from '#inkling/server/training/trainingSchemas.js';
import { Notice } from '../../components/notice.js';
import { post } from '../api.js';

/** Ends a training. */
export function StopButton({ training, onStop }: { training: Training; onStop: () => void }) {
  const [error, setError] = useState<string>();
  const { id, isStopping } = training;
  const stop = async () => {
    setError(undefined);
    await post(`api/trainings/${id}/stop`).catch((reason: unknown) => {
      setError(messageOf(reason));
    });
    onStop();
  };
  return (
    <>
      <button type="button" disabled={isStopping} onClick={() => void stop()}>
        {isStopping ? 'Stopping…' : 'Stop'}
        <span class="visually-hidden"> training {id}</span>
      </button>
      {error !== undefined && <Notice isError>{error}</Notice>}
    </>
  );
}
