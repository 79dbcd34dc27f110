/** The program of the child processes of `processQueue`: loads the images of trials and trains those that it is told to. */
import { MachineError, messageOf } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import type { Dataset } from '../../data/dataset.js';
import { connectToParentProcess } from './childProcess.js';
import { executeJob } from './inProcessQueue.js';
import { requestSchema, type TrialReport, type TrialRequest } from './trialMessages.js';
import { loadTrialImages } from './trialImages.js';
import type { TrialEnd, TrialJob } from './trialQueue.js';

type Load = Extract<TrialRequest, { type: 'load' }>;

let loading: Promise<Load & { readonly dataset: Dataset }> | undefined;
/** Of the job that is being executed. */
let stop = new AbortController();

const send = connectToParentProcess((message) => {
  const request = validate(requestSchema, message, 'request');
  if (request.type === 'load') loading = load(request);
  if (request.type === 'execute') void execute(request.job);
  if (request.type === 'stop') stop.abort();
});

function report(message: TrialReport): void {
  send(message);
}

async function load(request: Load): Promise<Load & { readonly dataset: Dataset }> {
  try {
    return { ...request, dataset: await loadTrialImages(request.images, request.folder) };
  } catch (error) {
    // Another process may succeed.
    if (error instanceof MachineError) throw error;
    report({ type: 'unloadable', error: messageOf(error) });
    return new Promise(() => undefined);
  }
}

async function execute(job: TrialJob): Promise<void> {
  stop = new AbortController();
  const { signal } = stop;
  const interrupted = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
  const loaded = await Promise.race([loading, interrupted]);
  try {
    const end: TrialEnd =
      loaded === undefined
        ? { state: 'interrupted' }
        : await executeJob(job, reports, signal, executionOf(loaded));
    report({ type: 'ended', end });
  } catch (error) {
    report({ type: 'broken', error: messageOf(error) });
  }
}

const reports = {
  onStart(run: string) {
    report({ type: 'started', run });
  },
  onEpoch(epoch: number, value: number, isLast: boolean) {
    report({ type: 'epoch', epoch, value, isLast });
    // The process that conducts the trials decides, and stops the job.
    return false;
  },
};

function executionOf({ folder, command, note, dataset }: Load & { readonly dataset: Dataset }) {
  return {
    folder,
    command,
    note,
    dataset,
    onDownload: (progress: Extract<TrialReport, { type: 'download' }>['progress']) => {
      report({ type: 'download', progress });
    },
  };
}
