import { checkOptions, checkValues, type OptionKinds } from '../core/arguments/checkOptions.js';
import * as kinds from '../core/arguments/kinds.js';
import * as records from '../core/arguments/records.js';
import { validate } from '../core/validate.js';
import { ImagePreprocessor } from '../images/preprocessor.js';
import { hardwareThreads } from '../platform/host.js';
import { BatchPredictor } from '../predict/batchPredictor.js';
import { layersToObserve } from '../predict/calibration.js';
import type { TrainedModel } from '../predict/trainedModel.js';
import { type AccessOptions, apiKeySchema, originSchema } from './accessOptions.js';
import {
  MAX_DECODER_THREADS,
  MAX_UPLOAD_PIXELS,
  MAX_WAITING_FILES,
  MAX_WAITING_IMAGES,
  MIN_DECODER_THREADS,
} from './limits.js';
import { isLoopback, listen } from './listen.js';
import { allRoutes } from './routes.js';
import type { ServedFolders } from './servedFolders.js';
import { createServer } from './server.js';
import { ServerMetrics } from './serverMetrics.js';
import { mayTrain } from './training/mayTrain.js';

/** Where a server listens, who can use it, and what it shows. */
export interface ServerOptions extends Omit<AccessOptions, 'isLoopback'>, ServedFolders {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /**
   * Whether clients may start trainings (`POST /api/trainings`), which take the time of the machine. By default, they may if `host` is a loopback
   * address, and neither `apiKey` nor `origins` is given.
   */
  readonly allowTraining?: boolean | undefined;
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

const OPTIONS: OptionKinds<ServerOptions> = {
  host: kinds.text,
  port: kinds.index,
  log: kinds.callback,
  apiKey: kinds.anything,
  origins: kinds.names,
  rateLimit: kinds.count,
  runDir: kinds.path,
  dataDir: kinds.path,
  environment: kinds.object,
  allowTraining: kinds.flag,
};

/**
 * Serves a model over HTTP: predictions, the page, runs and data sets.
 *
 * @throws {InklingError} when an option is invalid, the weights do not fit the model, or the server cannot listen
 */
export async function startServer(trained: TrainedModel, options: ServerOptions): Promise<RunningServer> {
  checkValues('startServer', { trained }, { trained: records.trained });
  checkOptions('startServer', options, OPTIONS, "{ host: '127.0.0.1', port: 8080, … }");
  const { runDir, environment } = options;
  const { host, port, apiKey, origins, rateLimit, log } = options;
  const required = { host, port, log, runDir, environment };
  checkValues('startServer', required, OPTIONS);
  if (apiKey !== undefined) validate(apiKeySchema, apiKey, 'API key');
  for (const origin of origins ?? []) validate(originSchema, origin, `origin "${origin}"`);
  const access = { apiKey, origins, rateLimit, isLoopback: isLoopback(host) };
  const isTrainingAllowed = mayTrain(options.allowTraining, access);
  const { saved } = trained;
  const metrics: ServerMetrics = new ServerMetrics(() => predictor.waiting);
  const predictor = await BatchPredictor.start(saved, {
    queueLimit: MAX_WAITING_IMAGES,
    activations: layersToObserve(trained.saved.calibration),
    onBatch: metrics.onBatch,
  });
  const preprocessor = new ImagePreprocessor(saved.model.input, saved.inputKind, {
    threads: Math.min(Math.max(hardwareThreads(), MIN_DECODER_THREADS), MAX_DECODER_THREADS),
    maxWaiting: MAX_WAITING_FILES,
    largestImage: MAX_UPLOAD_PIXELS,
  });
  preprocessor.start();
  const stopThreads = async () => {
    await predictor.close();
    await preprocessor.close();
  };
  try {
    const routes = allRoutes({ ...options, trained, predictor, preprocessor, metrics, isTrainingAllowed });
    const server = await createServer({ routes, access, metrics, log });
    const url = await listen(server, host, port);
    const close = async () => {
      await server.close();
      await stopThreads();
    };
    return { url, isOpen: !access.isLoopback && apiKey === undefined, close };
  } catch (error) {
    await stopThreads();
    throw error;
  }
}
