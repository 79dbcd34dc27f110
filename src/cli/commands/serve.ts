import { once } from 'node:events';
import type { Command } from 'commander';
import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { UsageError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import { PictureReader } from '../../images/reader.js';
import { BatchPredictor } from '../../predict/batchPredictor.js';
import { dataRoutes } from '../../server/dataRoutes.js';
import { Datasets } from '../../server/datasets.js';
import { docsRoutes } from '../../server/docsRoutes.js';
import { healthRoutes } from '../../server/healthRoutes.js';
import { isLoopback, listen } from '../../server/listen.js';
import { Metrics, metricsRoutes } from '../../server/metrics.js';
import { pageRoutes } from '../../server/pageRoutes.js';
import { predictRoutes } from '../../server/predictRoutes.js';
import { runRoutes } from '../../server/runRoutes.js';
import { createServer } from '../../server/server.js';
import type { TrainedModel } from '../../train/runs.js';
import { addExamples, addSettings } from '../flags.js';
import type { Io } from '../io.js';
import { trainedModelOf } from '../models.js';
import { Output } from '../output.js';
import { parseValue } from '../values.js';

const portNumber = z.int().min(0).max(65_535);
/** Images that may wait for the network: about a tenth of a second of its work. */
const QUEUE_LIMIT = 1024;

interface Options {
  readonly host: string;
  readonly port: number;
  readonly apiKey?: string;
  readonly cors?: readonly string[];
  readonly rateLimit?: number;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description('Answer requests over HTTP, and show a page to draw on.')
    .argument('[RUN]', 'a run or its weights (default: the pretrained network)')
    .option('--host <ADDRESS>', 'where to listen', '127.0.0.1')
    .option(
      '--port <N>',
      'where to listen; 0 for any free port',
      (word) => parseValue(portNumber, word, '--port'),
      8080,
    )
    .option('--api-key <KEY>', 'answer only who sends it: "Authorization: Bearer KEY"', parseKey)
    .option(
      '--cors <ORIGINS>',
      'web pages that may ask, such as https://example.com,https://example.org',
      parseOrigins,
    )
    .option('--rate-limit <N>', 'requests a minute that one address may send', (word) =>
      parseValue(positiveInteger, word, '--rate-limit'),
    );
  addSettings(command, ['runDir']);
  addSettings(command, ['dataDir'], 'none');
  addExamples(command, [
    ['inkling serve', 'the pretrained network'],
    ['inkling serve mlp-mnist-1 --port 3000', 'a run in the folder "runs"'],
    ['inkling serve --host 0.0.0.0 --api-key KEY', 'for other machines too'],
  ]);
  command.action(async (name: string | undefined) => {
    const options = command.opts<Options>();
    await serve(trainedModelOf(name, options.runDir), options, io);
  });
}

/** Serves until the user wants to stop, and ends what is under way first. */
async function serve(trained: TrainedModel, options: Options, io: Io): Promise<void> {
  const { host, port, apiKey, cors, rateLimit, runDir, dataDir } = options;
  const output = new Output(io);
  const { saved } = trained;
  const metrics: Metrics = new Metrics(() => predictor.waiting);
  const predictor = await BatchPredictor.start(saved, { queueLimit: QUEUE_LIMIT, onBatch: metrics.onBatch });
  const reader = new PictureReader(saved.model.input);
  const routes: readonly FastifyPluginAsync[] = [
    healthRoutes(() => predictor.isReady),
    metricsRoutes(metrics),
    docsRoutes(saved.model.input),
    predictRoutes({ trained, predictor, reader }),
    pageRoutes(trained),
    runRoutes(runDir),
    dataRoutes(new Datasets(dataDir, io.environment)),
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
    await reader.close();
  }
}

const OPEN_NOTICE =
  'Whoever reaches this address can ask the network, and see the runs and data sets. --api-key KEY lets only those in who know it.';

function parseKey(word: string): string {
  if (/^[\x21-\x7e]{8,}$/.test(word)) return word;
  throw new UsageError('--api-key: expected at least 8 letters, digits and signs without a space');
}

function parseOrigins(words: string): string[] {
  return words.split(',').map((word) => {
    if (URL.canParse(word) && new URL(word).origin === word) return word;
    throw new UsageError(`--cors: expected origins such as https://example.com, got "${word}"`);
  });
}
