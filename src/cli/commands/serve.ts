import type { Command } from 'commander';
import { z } from 'zod';
import { UsageError } from '../../core/errors.js';
import { positiveInteger } from '../../core/validate.js';
import { apiKeySchema, originSchema } from '../../server/accessOptions.js';
import { addExamples, addSettings } from '../arguments/flags.js';
import type { Io } from '../io.js';
import { resolveTrainedModel } from '../../runs/resolveModel.js';
import type { ServeOptions } from '../serving.js';
import { parseValue } from '../arguments/values.js';

const portNumber = z.int().min(0).max(65_535);

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
    const options = command.opts<ServeOptions>();
    // The server takes a moment to load, which no other command should wait for.
    const { serve } = await import('../serving.js');
    await serve(resolveTrainedModel(name, options.runDir), options, io);
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
