import { useKernels } from '../engine/kernels.js';
import { useDetector } from '../predict/detector/detectorWeights.js';
import { trainConfigured } from '../train/trainAndScore.js';
import { recordOfError } from './errorRecord.js';
import type { FitMessage, FitStart } from './fitMessages.js';

/** The program of the worker in which a browser trains; see `runPrograms`. */
export function startFitWorker(data: unknown, post: (message: FitMessage) => void): () => void {
  // The page is the same program: its data have this type.
  const { kernels, detector, task, wants } = data as FitStart;
  const abort = new AbortController();
  post({ type: 'alive' });
  useKernels(kernels);
  if (detector !== undefined) useDetector(detector);
  void trainConfigured({
    ...task,
    signal: abort.signal,
    onStart(engine) {
      post({ type: 'start', engine });
    },
    onEvent(event) {
      post({ type: 'event', event });
    },
    ...(wants.state && {
      onState(state) {
        post({ type: 'state', state });
      },
    }),
    ...(wants.checkpoints && {
      onCheckpoint(which, saved) {
        post({ type: 'checkpoint', which, saved });
      },
    }),
  }).then(
    (result) => {
      post({ type: 'result', result });
    },
    (error: unknown) => {
      post({ type: 'failed', error: recordOfError(error) });
    },
  );
  // The only request is to interrupt.
  return () => {
    abort.abort();
  };
}
