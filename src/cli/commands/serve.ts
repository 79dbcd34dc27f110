import { once } from 'node:events';
import type { Command } from 'commander';
import { z } from 'zod';
import { dataRoutes } from '../../server/dataRoutes.js';
import { Datasets } from '../../server/datasets.js';
import { healthRoutes } from '../../server/healthRoutes.js';
import { listen } from '../../server/listen.js';
import { pageRoutes } from '../../server/pageRoutes.js';
import { runRoutes } from '../../server/runRoutes.js';
import { createServer } from '../../server/server.js';
import { readSavedModel } from '../../predict/load.js';
import { addExamples, addSettings } from '../flags.js';
import type { Io } from '../io.js';
import { Output } from '../output.js';
import { runFolderOf } from '../runFolders.js';
import { parseValue } from '../values.js';

const portNumber = z.int().min(0).max(65_535);

interface Options {
  readonly host: string;
  readonly port: number;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addServe(program: Command, io: Io): void {
  const command = program
    .command('serve')
    .description('Answer requests over HTTP, and show a page to draw on.')
    .argument('<RUN>', 'a run folder, or the name of one')
    .option('--host <ADDRESS>', 'where to listen', '127.0.0.1')
    .option(
      '--port <N>',
      'where to listen; 0 for any free port',
      (word) => parseValue(portNumber, word, '--port'),
      8080,
    );
  addSettings(command, ['runDir']);
  addSettings(command, ['dataDir'], 'none');
  addExamples(command, [['inkling serve mlp-mnist-1', 'a run in the folder "runs"']]);
  command.action(async (name: string) => {
    const { host, port, runDir, dataDir } = command.opts<Options>();
    const folder = runFolderOf(name, runDir);
    const saved = readSavedModel(folder);
    const output = new Output(io);
    const server = await createServer({
      routes: [
        healthRoutes(() => true),
        pageRoutes(folder),
        runRoutes(runDir),
        dataRoutes(new Datasets(dataDir, io.environment)),
      ],
      report: (line) => io.stderr.write(`inkling: ${line}\n`),
    });
    const address = await listen(server, host, port);
    output.conclusion(`serving ${saved.model.name} at ${address}; Ctrl-C stops it`);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await server.close();
  });
}
