import type { FastifyPluginAsync } from 'fastify';
import { validate } from '../core/validate.js';
import type { Environment } from '../data/files/locate.js';
import { ImagePreprocessor } from '../images/preprocessor.js';
import { BatchPredictor } from '../predict/batchPredictor.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { listRunDatasets } from '../runs/runDatasets.js';
import { type AccessOptions, apiKeySchema, originSchema } from './accessOptions.js';
import { datasetRoutes } from './datasetRoutes.js';
import { DatasetStore } from './datasetStore.js';
import { docsRoutes } from './docsRoutes.js';
import { healthRoutes } from './healthRoutes.js';
import { MAX_WAITING_IMAGES } from './limits.js';
import { isLoopback, listen } from './listen.js';
import { pageRoutes } from './pageRoutes.js';
import { predictRoutes } from './predictRoutes.js';
import { runRoutes } from './runRoutes.js';
import { createServer } from './server.js';
import { metricsRoutes, ServerMetrics } from './serverMetrics.js';

/** Where a server listens, who may use it, and what it shows. */
export interface ServerOptions extends Omit<AccessOptions, 'isLoopback'> {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** The folder of the runs that the page shows. */
  readonly runDir: string;
  /** The first folder in which data sets are searched. */
  readonly dataDir?: string | undefined;
  /** Its `INKLING_DATA_DIR` is the second. */
  readonly environment: Environment;
  /** Logs an internal error, in one line. */
  readonly log: (line: string) => void;
}

/** A server that accepts requests until it is closed. */
export interface RunningServer {
  /** Its URL, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Whether other machines can use it without an API key. */
  readonly isOpen: boolean;
  /** Completes pending requests, then stops the server and its threads. */
  readonly close: () => Promise<void>;
}

/**
 * Serves a model over HTTP: predictions, the page, runs and data sets.
 *
 * @throws {InklingError} when an option is invalid, the weights do not fit the model, or the server cannot listen
 */
export async function startServer(trained: TrainedModel, options: ServerOptions): Promise<RunningServer> {
  const { host, port, apiKey, origins, rateLimit, runDir, dataDir, environment, log } = options;
  if (apiKey !== undefined) validate(apiKeySchema, apiKey, 'API key');
  for (const origin of origins ?? []) validate(originSchema, origin, `origin "${origin}"`);
  const { saved } = trained;
  const metrics: ServerMetrics = new ServerMetrics(() => predictor.waiting);
  const predictor = await BatchPredictor.start(saved, {
    queueLimit: MAX_WAITING_IMAGES,
    onBatch: metrics.onBatch,
  });
  const preprocessor = new ImagePreprocessor(saved.model.input, saved.inputKind);
  const closeThreads = async () => {
    await predictor.close();
    await preprocessor.close();
  };
  const routes: readonly FastifyPluginAsync[] = [
    healthRoutes(() => predictor.isReady),
    metricsRoutes(metrics),
    docsRoutes(saved.model.input),
    predictRoutes({ trained, predictor, preprocessor }),
    pageRoutes(trained),
    runRoutes(runDir),
    datasetRoutes(new DatasetStore(dataDir, environment, () => listRunDatasets(runDir))),
  ];
  try {
    const access = { apiKey, origins, rateLimit, isLoopback: isLoopback(host) };
    const server = await createServer({ routes, access, metrics, log });
    const url = await listen(server, host, port);
    const close = async () => {
      await server.close();
      await closeThreads();
    };
    return { url, isOpen: !access.isLoopback && apiKey === undefined, close };
  } catch (error) {
    await closeThreads();
    throw error;
  }
}
