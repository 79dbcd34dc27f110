import { once } from 'node:events';
import type { TrainedModel } from '../predict/trainedModel.js';
import { startServer } from '../server/startServer.js';
import type { Io } from './io.js';
import { Output } from './terminal/output.js';

const OPEN_NOTICE =
  'Anyone who can reach this address can use the model and see the runs and data sets. Require a key with --api-key KEY.';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly apiKey?: string;
  readonly cors?: readonly string[];
  readonly rateLimit?: number;
  readonly runDir: string;
  readonly dataDir?: string;
}

/** Serves a model until the user stops it. */
export async function serve(trained: TrainedModel, options: ServeOptions, io: Io): Promise<void> {
  const { cors: origins, ...others } = options;
  const output = new Output(io);
  const { url, isOpen, close } = await startServer(trained, {
    ...others,
    origins,
    environment: io.environment,
    log: (line) => io.stderr.write(`inkling: ${line}\n`),
  });
  if (isOpen) output.notice('Open to other machines', OPEN_NOTICE);
  output.conclusion(`serving ${trained.saved.model.name} at ${url}; press Ctrl+C to stop`);
  if (!io.signal.aborted) await once(io.signal, 'abort');
  await close();
}
