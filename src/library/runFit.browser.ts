/** Replaces `runFit.ts` in bundles for browsers. */
import { kernelsForHost } from '../engine/kernels.js';
import { resolveModel } from '../models/resolve.js';
import type { PlanKind } from '../plan/requestPlans.js';
import { startWorker } from '../platform/host.js';
import { GPU_PROGRAM } from '../platform/workerScript.browser.js';
import { loadDetector } from '../predict/detector/detector.js';
import { mayBeDigits } from '../predict/detector/mayBeDigits.js';
import { planInference } from '../predict/plans/planInference.js';
import { planAugmentation } from '../train/plans/planAugmentation.js';
import { planSession } from '../train/plans/planSession.js';
import { parseFitSettings } from '../train/settings/fitSettings.js';
import type { FitOptions, FitResult } from '../train/trainAndScore.js';
import { recordOfError, reviveError } from './errorRecord.js';
import { FIT_WORKER, type FitHooks, type FitMessage, type FitRequest, type FitStart } from './fitMessages.js';

/** Why a worker did not start. */
class WorkerUnavailable extends Error {}

/** Trains in a worker, or in a page that may not start one, on the calling thread. */
export async function runFit(options: FitOptions): Promise<FitResult> {
  const { device = 'cpu' } = options.settings ?? {};
  const program = device === 'cpu' ? FIT_WORKER : GPU_PROGRAM;
  // A worker of the program has no page to keep responsive.
  if (program === FIT_WORKER && typeof document === 'undefined') return trainHere(options);
  try {
    return await trainInWorker(options, program);
  } catch (error) {
    if (!(error instanceof WorkerUnavailable)) throw error;
    if (device === 'auto') return runFit(onCpu(options, error.message));
    const limitation = `the browser does not start workers here: ${error.message}`;
    return trainHere({
      ...options,
      onStart: (engine) => options.onStart?.({ ...engine, limitation }),
    });
  }
}

/** The same training on the CPU, since the worker that chooses the device did not start. */
function onCpu(options: FitOptions, reason: string): FitOptions {
  const { settings, onStart, onEvent } = options;
  return {
    ...options,
    settings: { ...settings, device: 'cpu' },
    onStart(engine) {
      onEvent?.({
        type: 'notice',
        text: `Device: CPU: the worker for a GPU does not start here: ${reason}.`,
      });
      onStart?.({ ...engine, device: { kind: 'cpu' } });
    },
  };
}

/** A page whose worker trains does not load the code that does. */
async function trainHere(options: FitOptions): Promise<FitResult> {
  const { trainAndScore } = await import('../train/trainAndScore.js');
  return trainAndScore(options);
}

/** @param program of the worker */
async function trainInWorker(
  { onStart, onEvent, onState, onCheckpoint, beforeSteps, signal, settings = {}, ...options }: FitOptions,
  program: string,
): Promise<FitResult> {
  const hooks = { onStart, onEvent, onState, onCheckpoint, beforeSteps };
  // The script of the worker does not validate what it receives.
  const model = resolveModel(options.model);
  const task = { ...options, model, config: parseFitSettings(settings, options) };
  const start: FitStart = {
    kernels: await kernelsForHost(),
    detector: mayBeDigits(task.dataset) ? await loadDetector() : undefined,
    task,
    // The object has no other keys.
    hooks: (Object.keys(hooks) as (keyof FitHooks)[]).filter((hook) => hooks[hook]),
  };
  let hasStarted = false;
  return new Promise<FitResult>((resolve, reject) => {
    const interrupt = () => {
      worker.post({ type: 'interrupt' } satisfies FitRequest);
    };
    const end = (settle: () => void) => {
      signal?.removeEventListener('abort', interrupt);
      void worker.terminate();
      settle();
    };
    const worker = startWorker(program, start, {
      onMessage(received) {
        // The worker is the same program: its messages have this type.
        const message = received as FitMessage;
        hasStarted = true;
        if (message.type === 'ask') {
          void answerTo(message, { ...PLANNERS, beforeSteps }).then((answer) => {
            worker.post(answer);
          });
        } else if (message.type === 'call') {
          // The values are those that this hook takes.
          (hooks[message.hook] as ((...values: readonly unknown[]) => void) | undefined)?.(...message.values);
        } else if (message.type === 'result') {
          end(() => {
            resolve(message.result);
          });
        } else if (message.type === 'failed') {
          end(() => {
            reject(reviveError(message.error));
          });
        }
      },
      onFailure(reason) {
        end(() => {
          reject(
            hasStarted ? new Error(`training: the worker failed: ${reason}`) : new WorkerUnavailable(reason),
          );
        });
      },
    });
    signal?.addEventListener('abort', interrupt);
    if (signal?.aborted === true) interrupt();
  });
}

/** What plans: the script of the worker does not. */
const PLANNERS: Readonly<Record<PlanKind, (options: never) => Promise<unknown>>> = {
  augmentation: planAugmentation,
  inference: planInference,
  session: planSession,
};

async function answerTo(
  { what, options }: Extract<FitMessage, { type: 'ask' }>,
  answers: typeof PLANNERS & Pick<FitHooks, 'beforeSteps'>,
): Promise<FitRequest> {
  try {
    // The worker is the same program: the options are those of what it asks for.
    return { type: 'answer', answer: await answers[what]?.(options as never) };
  } catch (error) {
    return { type: 'unanswered', error: recordOfError(error) };
  }
}
