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
  const { kernels, detector, task, hooks } = data as FitStart;
  const abort = new AbortController();
  const waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void }[] = [];
  const ask = (what: Extract<FitMessage, { type: 'ask' }>['what'], options?: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      waiting.push({ resolve, reject });
      post({ type: 'ask', what, options });
    });
  usePlanner(ask);
  post({ type: 'alive' });
  useKernels(kernels);
  if (detector !== undefined) useDetector(detector);
  const caller =
    (hook: (typeof hooks)[number]) =>
    (...values: unknown[]) => {
      if (hook === 'beforeSteps') return ask(hook);
      post({ type: 'call', hook, values });
      return undefined;
    };
  const callers = Object.fromEntries(hooks.map((hook) => [hook, caller(hook)] as const));
  void trainConfigured({ ...task, signal: abort.signal, ...callers }).then(
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
    else if (request.type === 'answer') waiting.shift()?.resolve(request.answer);
    else waiting.shift()?.reject(reviveError(request.error));
  };
}
