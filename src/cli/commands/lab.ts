import { once } from 'node:events';
import type { Command } from 'commander';
import { addExamples, addSettings } from '../arguments/flags.js';
import { addHost, addPort } from '../arguments/listening.js';
import { resolveTrainedModel } from '../../runs/resolveModel.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

interface Options {
  readonly host: string;
  readonly port: number;
  readonly pretrained?: string;
  readonly runDir: string;
  readonly dataDir?: string;
}

export function addLab(program: Command, io: Io): void {
  const command = program
    .command('lab')
    .description('Start the lab: a web page for lessons, on which networks are trained and tried out.');
  addHost(command);
  addPort(command);
  command.option(
    '--pretrained <RUN>',
    'a run, model file, or backbone: a network for photos from which students may start',
  );
  addSettings(command, ['runDir']);
  addSettings(command, ['dataDir'], 'none');
  addExamples(command, [
    ['inkling lab', 'open the address that it prints'],
    ['inkling lab --port 3000', 'on another port'],
    ['inkling lab --pretrained efficientnet-lite0', 'to learn from a few photos'],
  ]);
  command.action(async () => {
    const output = new Output(io);
    const { pretrained: name, runDir, dataDir, ...options } = command.opts<Options>();
    const pretrained =
      name === undefined
        ? undefined
        : await resolveTrainedModel(name, { runDir, dataDir, environment: io.environment });
    // Loading the server takes a moment, which no other command should wait for.
    const { startLab } = await import('../../server/pages/startLab.js');
    await io.interruptible(async (signal) => {
      const { url, close } = await startLab({
        ...options,
        pretrained: pretrained?.saved,
        log: (line) => {
          output.message(line);
        },
      });
      output.conclusion(`serving the lab at ${url}; press Ctrl+C to stop`);
      if (!signal.aborted) await once(signal, 'abort');
      await close();
    });
  });
}
