import { loadDataset } from '../data/load.js';
import { codeOf } from '../platform/fileErrors.js';
import { run } from './program.js';
import { interruptible, interruptionStatus } from './signals.js';

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: Error) => {
    // The reader has closed the pipe; a run still continues to its end.
    if (codeOf(error) === 'EPIPE') return;
    process.stderr.write(`inkling: cannot write the output: ${error.message}\n`);
    process.exit(1);
  });
}

const code = await run(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  environment: process.env,
  interruptible,
  loadDataset,
  async open(path) {
    const { default: open } = await import('open');
    await open(path);
  },
});

// A server that was stopped has succeeded.
process.exitCode = code === 0 ? code : (interruptionStatus() ?? code);
