import { useKernels } from '../engine/kernels.js';
import { usePlanner } from '../plan/requestPlans.js';
import { useDetector } from '../predict/detector/detector.js';
import { trainConfigured } from '../train/trainAndScore.js';
import { recordOfError, reviveError } from './errorRecord.js';
import type { FitMessage, FitRequest, FitStart } from './fitMessages.js';

/** The program of the worker in which a browser trains; see `runPrograms`. */
export function startFitWorker(
  data: unknown,
  post: (message: FitMessage) => void,
): (message: unknown) => void {
  // The page is the same program: its data and messages have these types.
  const { kernels, detector, task, wants } = data as FitStart;
  const abort = new AbortController();
  const waiting: { resolve: (plans: unknown) => void; reject: (error: Error) => void }[] = [];
  usePlanner(
    (kind, options) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        post({ type: 'plan', kind, options });
      }),
  );
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
  return (message) => {
    const request = message as FitRequest;
    if (request.type === 'interrupt') abort.abort();
    else if (request.type === 'plans') waiting.shift()?.resolve(request.plans);
    else waiting.shift()?.reject(reviveError(request.error));
  };
}
