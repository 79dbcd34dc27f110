import { formatCount, formatPercent, formatSeconds } from '#inkling/core/format.js';
import type { Run } from '#inkling/server/apiSchemas.js';
import { orDash } from '../../components/format.js';
import type { Fact } from '../../components/facts.js';

/** The configuration of a run and its results. */
export function factsOf({ config, summary }: Run): Fact[] {
  return [
    ['Test accuracy', orDash(summary?.test?.accuracy, formatPercent)],
    ['Macro F1 score', orDash(summary?.test?.macroF1, formatPercent)],
    ['Best validation accuracy', orDash(summary?.best?.validationAccuracy, formatPercent)],
    ['Model', summary?.model.name ?? nameIn(config.model)],
    ['Parameters', orDash(summary?.model.parameters, formatCount)],
    ['Data set', summary?.dataset.name ?? nameIn(config.dataset)],
    ['Total time', orDash(summary?.timing.totalSeconds, formatSeconds)],
    ['Training speed', orDash(summary?.timing.imagesPerSecond, (speed) => `${formatCount(speed)} images/s`)],
    ['Optimizer', config.optimizer],
    ['Learning rate', String(config.learningRate)],
    ['Seed', String(config.seed)],
  ];
}

/** The last part of a path. */
function nameIn(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
