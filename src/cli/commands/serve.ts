import { once } from 'node:events';
import type { Command } from 'commander';
import { UsageError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import { resolveTrainedModel } from '../../runs/resolveModel.js';
import { apiKeySchema, originSchema } from '../../server/accessOptions.js';
import { addExamples, addSettings } from '../arguments/flags.js';
import { addHost, addPort } from '../arguments/listening.js';
import { parseValue } from '../arguments/values.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

const OPEN_NOTICE =
  'Anyone who can reach this address can use the model and see the runs and data sets. Require a key with --api-key KEY.';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly apiKey?: string;
  readonly cors?: readonly string[];
  readonly rateLimit?: number;
  readonly allowTraining?: boolean;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description('Start an HTTP server for predictions, with a web page to draw on and to view runs.')
    .argument('[RUN]', 'a run, checkpoint file, or backbone (default: the bundled pretrained model)');
  addHost(command);
  addPort(command);
  command
    .option('--api-key <KEY>', 'require the header "Authorization: Bearer KEY"', parseKey)
    .option(
      '--cors <ORIGINS>',
      'origins that may send requests, such as https://example.com,https://example.org',
      parseOrigins,
    )
    .option('--rate-limit <N>', 'maximum number of requests per minute from one address', (word) =>
      parseValue(positiveInteger, word, '--rate-limit'),
    )
    .option(
      '--allow-training',
      'let clients start trainings (default: only if no other machine can be a client)',
    );
  addSettings(command, ['runDir']);
  addSettings(command, ['dataDir'], 'none');
  addExamples(command, [
    ['inkling serve', 'the pretrained model'],
    ['inkling serve mlp-mnist-1 --port 3000', 'a run in the folder "runs"'],
    ['inkling serve efficientnet-lite0', "ImageNet's 1,000 classes"],
    ['inkling serve --host 0.0.0.0 --api-key KEY', 'open to other machines'],
  ]);
  command.action(async (name: string | undefined) => {
    const { cors: origins, ...options } = command.opts<Options>();
    const output = new Output(io);
    const { runDir, dataDir } = options;
    const trained = await resolveTrainedModel(name, { runDir, dataDir, environment: io.environment });
    // Loading the server takes a moment, which no other command should wait for.
    const { startServer } = await import('../../server/startServer.js');
    await io.interruptible(async (signal) => {
      const { url, isOpen, close } = await startServer(trained, {
        ...options,
        origins,
        environment: io.environment,
        log: (line) => {
          output.message(line);
        },
      });
      if (isOpen) output.notice('Open to other machines', OPEN_NOTICE);
      output.conclusion(`serving ${trained.saved.model.name} at ${url}; press Ctrl+C to stop`);
      if (!signal.aborted) await once(signal, 'abort');
      await close();
    });
  });
}

function parseKey(word: string): string {
  const { success, error } = apiKeySchema.safeParse(word);
  if (success) return word;
  throw new UsageError(`--api-key: ${error.issues[0].message}`);
}

function parseOrigins(words: string): string[] {
  return words.split(',').map((word) => {
    const { success, error } = originSchema.safeParse(word);
    if (success) return word;
    throw new UsageError(`--cors: ${error.issues[0].message}, got "${word}"`);
  });
}
