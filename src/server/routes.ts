import type { FastifyPluginAsync } from 'fastify';
import { readRun } from '../runs/readRun.js';
import { listRunDatasets, runDatasetOf } from '../runs/dataset/runDatasets.js';
import { datasetRoutes } from './datasets/datasetRoutes.js';
import { DatasetStore } from './datasets/datasetStore.js';
import { docsRoutes } from './docsRoutes.js';
import { healthRoutes } from './healthRoutes.js';
import { pageRoutes } from './pages/pageRoutes.js';
import { type PredictionParts, predictRoutes } from './predictRoutes.js';
import { findRun } from './runDescriptions.js';
import { runRoutes } from './runRoutes.js';
import type { ServedFolders } from './servedFolders.js';
import { comparisonRoutes } from './runs/comparisonRoutes.js';
import { sweepRoutes } from './sweeps/sweepRoutes.js';
import { TrainingQueue } from './training/trainingQueue.js';
import { trainingRoutes } from './training/trainingRoutes.js';
import { metricsRoutes, type ServerMetrics } from './serverMetrics.js';

/** What the routes of a server need. */
export interface RouteParts extends PredictionParts, ServedFolders {
  readonly metrics: ServerMetrics;
  /** Whether clients may start trainings. */
  readonly isTrainingAllowed: boolean;
}

/** All routes of a server. */
export function allRoutes(parts: RouteParts): FastifyPluginAsync[] {
  const { trained, predictor, metrics, runDir, dataDir, environment, isTrainingAllowed: isAllowed } = parts;
  const datasets = new DatasetStore(dataDir, environment, {
    list: () => listRunDatasets(runDir),
    find: (run) => runDatasetOf(readRun(findRun(runDir, run))),
  });
  return [
    healthRoutes(() => predictor.isReady),
    metricsRoutes(metrics),
    docsRoutes(trained.saved.model.input),
    predictRoutes(parts),
    pageRoutes(trained),
    runRoutes(runDir),
    comparisonRoutes(runDir),
    sweepRoutes(runDir),
    datasetRoutes(datasets),
    trainingRoutes({ queue: new TrainingQueue(environment), datasets, runDir, isAllowed }),
  ];
}
