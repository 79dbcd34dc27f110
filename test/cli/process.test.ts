import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { runSummarySchema } from '#inkling/runs/runSummary.js';
import { temporaryFolder, trainableFiles, writeFiles } from '../data/tinySet.js';
import { CONTROL_CHARACTER } from './capture.js';

/** All that the program says about a training on a few images. */
const FEW_IMAGES = /^inkling: the confidences and doubts are unreliable: [^\n]*\n$/;

// The bundle, which is what users run.
const main = fileURLToPath(new URL('../../dist/bin/inkling.js', import.meta.url));
const signals = import.meta.resolve('#inkling/cli/signals.js');

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
  writeFiles(join(folder, 'tiny'), trainableFiles);
});

/** A child process, its output, and its exit code. */
function start(argv: readonly string[]) {
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => code);
  const says = async (pattern: RegExp) => {
    while (!pattern.test(text.stdout)) {
      if (child.exitCode !== null)
        throw new Error(`it ended before it said ${pattern.source}: ${text.stderr}`);
      await Promise.race([once(child.stdout, 'data'), ended]);
    }
  };
  return { child, text, ended, says };
}

function train(epochs: number) {
  return start([main, ...['train', '--model', 'mlp', '--dataset', './tiny', '--epochs', String(epochs)]]);
}

describe('the program', () => {
  it('exits with 0, 1 and 2', async () => {
    const argvs = [['summary', 'mlp'], ['predict', 'none.png'], ['summary']];
    const codes = argvs.map((argv) => start([main, ...argv]).ended);
    expect(await Promise.all(codes)).toEqual([0, 1, 2]);
  });

  it('reports which version of Node.js it needs', async () => {
    const { engines } = z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));
    const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.4' }); import(${JSON.stringify(main)});`;
    const { text, ended } = start(['--eval', old]);
    expect(await ended).toBe(1);
    expect(text).toEqual({
      stdout: '',
      stderr: `inkling: needs Node.js ${engines.node.replace('>=', '')} or newer, got 18.20.4; install a current version from https://nodejs.org\n`,
    });
    // An old version resolves static imports before it runs anything.
    expect(readFileSync(main, 'utf8')).not.toMatch(/^import\b(?! *\()/m);
  });

  it.runIf(process.platform === 'linux')('names a limit of the address space', async () => {
    const argv = [process.execPath, main, 'summary', 'mlp', '--profile'];
    const child = spawn(
      'sh',
      ['-c', `ulimit -v 4000000; exec ${argv.map((word) => `'${word}'`).join(' ')}`],
      {
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const [code]: unknown[] = await once(child, 'close');
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^inkling: engine: could not allocate [\d,]+ MiB of memory: the address space of this process is limited to 3,907 MiB \(ulimit -v\), /,
    );
  });

  it('trains in a pipe with plain lines', async () => {
    const { text, ended } = train(1);
    expect(await ended).toBe(0);
    expect(text.stderr).toMatch(FEW_IMAGES);
    expect(text.stdout).toContain('run folder: runs/mlp-tiny-1\n');
    expect(text.stdout).not.toMatch(CONTROL_CHARACTER);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('stops cleanly on %s, with status %d', async (signal, status) => {
    const { child, text, ended, says } = train(100_000);
    await says(/ 1\/100000 .*best\n/);
    child.kill(signal);
    expect(await ended).toBe(status);
    expect(text.stderr).toMatch(
      /^inkling: mlp: interrupted after \d+ of 100000 epochs; the best weights, of epoch \d+ \(.*\), are saved in runs\/mlp-tiny-1; to resume, run "inkling train --resume runs\/mlp-tiny-1"\n$/,
    );
    const run = join(folder, 'runs', 'mlp-tiny-1');
    const summary = runSummarySchema.parse(JSON.parse(readFileSync(join(run, 'summary.json'), 'utf8')));
    expect(summary.stopReason).toBe('interrupted');
    expect(existsSync(join(run, 'checkpoints', 'best.safetensors'))).toBe(true);
  });

  it('finishes when the reader of its output closes the pipe', async () => {
    const { child, text, ended, says } = train(100);
    await says(/\n/);
    child.stdout.destroy();
    expect(await ended).toBe(0);
    expect(text.stderr).toMatch(FEW_IMAGES);
  });
});

describe('interruptible', () => {
  const script = `
    import { interruptible } from ${JSON.stringify(signals)};
    void interruptible((signal) => new Promise(() => signal.addEventListener('abort', () => console.log('aborted'))));
    process.stdin.on('data', () => console.log('alive'));
    console.log('ready');
  `;

  it('treats two signals in quick succession as one, and exits immediately on a later one', async () => {
    const { child, ended, says } = start(['--input-type=module', '--eval', script]);
    await says(/ready/);
    child.kill('SIGINT');
    child.kill('SIGTERM');
    await says(/aborted/);
    // Time for the second signal to take effect.
    await sleep(100);
    child.stdin.write('?');
    await says(/alive/);
    // Longer than the interval between two signals of one Ctrl-C.
    await sleep(600);
    child.kill('SIGINT');
    expect(await ended).toBe(130);
  });

  it('leaves signals to the system outside of its task, even while the thread is busy', async () => {
    const busy = `
      import { interruptible } from ${JSON.stringify(signals)};
      await interruptible(async () => {});
      process.stdout.write('ready');
      setTimeout(() => { for (;;); }, 20);
    `;
    const { child, ended, says } = start(['--input-type=module', '--eval', busy]);
    await says(/ready/);
    await sleep(100);
    child.kill('SIGTERM');
    expect(await ended).toBeNull();
    expect(child.signalCode).toBe('SIGTERM');
  });
});
