import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { startChildProcess } from '#inkling/sweep/queue/childProcess.js';
import { sharedFolder } from '../../helpers/run.js';

const folder = sharedFolder();

/** Runs a program in a child process; returns what it sends, and why it ends. */
async function outcomeOf(program: string) {
  const path = join(folder, 'program.mjs');
  writeFileSync(path, program);
  const messages: unknown[] = [];
  const reason = await new Promise<string>((resolve) => {
    const child = startChildProcess(pathToFileURL(path), {
      onMessage: (message) => messages.push(message),
      onEnd: resolve,
    });
    child.post({ value: NaN });
  });
  return { messages, reason };
}

describe('startChildProcess', () => {
  it('exchanges messages, with numbers that JSON does not have', async () => {
    const echo = "process.on('message', (message) => process.send(message, () => process.exit(3)));";
    expect(await outcomeOf(echo)).toEqual({ messages: [{ value: NaN }], reason: 'it exited with code 3' });
  });

  it('states why a process ended: the line of its error, or the signal', async () => {
    const crash = "process.emitWarning('old');\nthrow new RangeError('no room');";
    expect((await outcomeOf(crash)).reason).toBe('it exited with code 1: RangeError: no room');
    const fatal = [
      "const line = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';",
      "process.stderr.write('\\n<--- Last few GCs --->\\n' + line + '\\n 1: 0xb8 node::Abort()\\n');",
      "process.kill(process.pid, 'SIGKILL');",
    ];
    expect((await outcomeOf(fatal.join('\n'))).reason).toBe(
      'it was killed by SIGKILL: FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    );
  });
});
