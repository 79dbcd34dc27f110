import { once } from 'node:events';
import type { FastifyPluginAsync } from 'fastify';
import { ImagePreprocessor } from '../images/preprocessor.js';
import { BatchPredictor } from '../predict/batchPredictor.js';
import { datasetRoutes } from '../server/datasetRoutes.js';
import { DatasetStore } from '../server/datasetStore.js';
import { docsRoutes } from '../server/docsRoutes.js';
import { healthRoutes } from '../server/healthRoutes.js';
import { isLoopback, listen } from '../server/listen.js';
import { ServerMetrics, metricsRoutes } from '../server/serverMetrics.js';
import { pageRoutes } from '../server/pageRoutes.js';
import { predictRoutes } from '../server/predictRoutes.js';
import { listRunDatasets } from '../server/runDescriptions.js';
import { runRoutes } from '../server/runRoutes.js';
import { createServer } from '../server/server.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import type { Io } from './io.js';
import { Output } from './terminal/output.js';

/** Images that may wait for the network: about a tenth of a second of its work. */
const QUEUE_LIMIT = 1024;

const OPEN_NOTICE =
  'Whoever reaches this address can ask the network, and see the runs and data sets. --api-key KEY lets only those in who know it.';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly apiKey?: string;
  readonly cors?: readonly string[];
  readonly rateLimit?: number;
  readonly runDir: string;
  readonly dataDir?: string;
}

/** Serves until the user wants to stop, and ends what is under way first. */
export async function serve(trained: TrainedModel, options: ServeOptions, io: Io): Promise<void> {
  const { host, port, apiKey, cors, rateLimit, runDir, dataDir } = options;
  const output = new Output(io);
  const { saved } = trained;
  const metrics: ServerMetrics = new ServerMetrics(() => predictor.waiting);
  const predictor = await BatchPredictor.start(saved, { queueLimit: QUEUE_LIMIT, onBatch: metrics.onBatch });
  const preprocessor = new ImagePreprocessor(saved.model.input, saved.inputKind);
  const routes: readonly FastifyPluginAsync[] = [
    healthRoutes(() => predictor.isReady),
    metricsRoutes(metrics),
    docsRoutes(saved.model.input),
    predictRoutes({ trained, predictor, preprocessor }),
    pageRoutes(trained),
    runRoutes(runDir),
    datasetRoutes(new DatasetStore(dataDir, io.environment, () => listRunDatasets(runDir))),
  ];
  try {
    const server = await createServer({
      routes,
      access: { apiKey, origins: cors, rateLimit, isLoopback: isLoopback(host) },
      metrics,
      report: (line) => io.stderr.write(`inkling: ${line}\n`),
    });
    if (!isLoopback(host) && apiKey === undefined) output.notice('Open to other machines', OPEN_NOTICE);
    const address = await listen(server, host, port);
    output.conclusion(`serving ${saved.model.name} at ${address}; Ctrl-C stops it`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await server.close();
  } finally {
    await predictor.close();
    await preprocessor.close();
  }
}
