/** The program of the process that trains a run for the server, like `inkling train`. */
import { basename } from 'node:path';
import { messageOf } from '../../core/errors.js';
import { validate } from '../../core/validate.js';
import { loadDataset } from '../../data/load.js';
import { checkModel } from '../../runs/startingConfig.js';
import { trainRun } from '../../runs/trainRun.js';
import { connectToParentProcess } from '../../sweep/queue/childProcess.js';
import { requestSchema, type TrainingReport, type TrainingRequest } from './trainingMessages.js';

const stop = new AbortController();

const send = connectToParentProcess((message) => {
  const request = validate(requestSchema, message, 'request');
  if (request.type === 'train') void train(request);
  else stop.abort();
});

function report(message: TrainingReport): void {
  send(message);
}

async function train({ config, environment }: Extract<TrainingRequest, { type: 'train' }>): Promise<void> {
  const { signal } = stop;
  try {
    const model = checkModel(config);
    const dataset = await loadDataset({ ...config, name: config.dataset, model, environment, signal });
    const { summary } = await trainRun(config, dataset, {
      command: 'inkling serve',
      signal,
      onEvent(event) {
        if (event.type === 'started') report({ type: 'started', run: basename(event.folder) });
      },
    });
    report({ type: 'ended', isInterrupted: summary.stopReason === 'interrupted', error: undefined });
  } catch (error) {
    report({ type: 'ended', isInterrupted: signal.aborted, error: messageOf(error) });
  }
}
