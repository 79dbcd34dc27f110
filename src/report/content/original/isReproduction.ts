import * as originalReport from '../../../core/originalReport.js';
import type { ReportRun } from '../../reportRun.js';
import type { Context } from '../context.js';

/** Whether a report repeats the original one: its network on its images. */
export function isReproduction({ main: { summary } }: Pick<Context, 'main'>): boolean {
  return (
    originalReport.isOriginalDataset(summary.dataset) && summary.model.name === originalReport.model.value
  );
}

/** Whether a run has the settings that the original report states. */
export function hasOriginalSettings({ config }: ReportRun): boolean {
  const { batchSize, epochs, learningRate, optimizer } = originalReport;
  return (
    config.batchSize === batchSize.value &&
    config.epochs === epochs.value &&
    config.learningRate === learningRate.value &&
    config.optimizer === optimizer.value
  );
}
