import { once } from 'node:events';
import type { Command } from 'commander';
import { addExamples } from '../arguments/flags.js';
import { addHost, addPort } from '../arguments/listening.js';
import type { Io } from '../io.js';
import { Output } from '../terminal/output.js';

interface Options {
  readonly host: string;
  readonly port: number;
}

export function addLab(program: Command, io: Io): void {
  const command = program
    .command('lab')
    .description('Start the lab: a web page for lessons, on which networks are trained and tried out.');
  addHost(command);
  addPort(command);
  addExamples(command, [
    ['inkling lab', 'then open the address that it prints'],
    ['inkling lab --port 3000', 'on another port'],
  ]);
  command.action(async () => {
    const output = new Output(io);
    // Loading the server takes a moment, which no other command should wait for.
    const { startLab } = await import('../../server/pages/startLab.js');
    await io.interruptible(async (signal) => {
      const { url, close } = await startLab({
        ...command.opts<Options>(),
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
