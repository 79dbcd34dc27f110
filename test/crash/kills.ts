import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Random } from '#inkling/core/random.js';
import { trainableFiles, writeFiles } from '../data/tinySet.js';
import { leftovers } from './scenario.js';
import { isComplete, resultsOf, tinyModel } from './tinyTraining.js';

const COMMAND = fileURLToPath(new URL('../../dist/bin/inkling.js', import.meta.url));
const EPOCHS = 3;

/** What became of a training whose processes were killed at random times. */
export interface KillCounts {
  kills: number;
  /** Trainings that were killed at least once and then finished. */
  trainings: number;
  /** Finished trainings whose results differ from those of one that was not killed. */
  different: number;
  /** Resumes that ended with an error, although an epoch was complete. */
  refused: number;
  /** Temporary files and locks that remained. */
  leftovers: number;
}

/** Kills real training processes at random times until there were enough kills, and resumes each training until it is finished. */
export async function killTraining(
  folder: string,
  kills: number,
  onProgress: (counts: KillCounts) => void = () => undefined,
): Promise<KillCounts> {
  const trial = makeTrial(folder);
  const start = performance.now();
  await trial('whole', Infinity);
  const fullMs = performance.now() - start;
  const expected = JSON.stringify(resultsOf(join(folder, 'whole')));
  const random = new Random(1);
  const counts: KillCounts = { kills: 0, trainings: 0, different: 0, refused: 0, leftovers: 0 };
  while (counts.kills < kills) {
    const name = `trial-${counts.trainings++}`;
    while (!isFinished(join(folder, name))) {
      const afterMs = counts.kills < kills ? 1 + (random.uint32() % Math.ceil(fullMs)) : Infinity;
      const end = await trial(name, afterMs);
      if (end === 'killed') counts.kills++;
      if (end === 'failed') {
        counts.refused++;
        break;
      }
    }
    // What the last process left, if it was killed after its run was complete, is removed by the next one.
    if (leftovers(join(folder, name)).length > 0) await trial(`${name}`, Infinity, 'new');
    const [first] = resultsOf(join(folder, name));
    counts.different += Number(JSON.stringify([first]) !== expected);
    counts.leftovers += leftovers(join(folder, name)).length;
    onProgress(counts);
  }
  return counts;
}

type End = 'finished' | 'killed' | 'failed';

function makeTrial(folder: string) {
  const data = join(folder, 'data');
  writeFiles(data, trainableFiles);
  const model = join(folder, 'tiny.json');
  writeFileSync(model, JSON.stringify({ ...tinyModel, input: [2, 3, 1] }));
  const settings = [
    ...['--model', model, '--dataset', data, '--epochs', String(EPOCHS), '--batch-size', '2'],
    ...['--threads', '1', '--quiet'],
  ];
  /** Starts a training, or resumes it if an epoch is complete, and kills it after some time. */
  return (name: string, afterMs: number, how: 'new' | 'resume' = 'resume'): Promise<End> => {
    const home = join(folder, name);
    mkdirSync(home, { recursive: true });
    const run = how === 'new' ? undefined : resumableRun(home);
    const runDir = ['--run-dir', join(home, 'runs')];
    const args =
      run === undefined ? ['train', ...settings, ...runDir] : ['train', '--resume', run, '--quiet'];
    return runAndKill(args, afterMs, { ...process.env, XDG_CACHE_HOME: join(home, 'cache') });
  };
}

function runAndKill(args: readonly string[], afterMs: number, env: NodeJS.ProcessEnv): Promise<End> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [COMMAND, ...args], { stdio: ['ignore', 'ignore', 'pipe'], env });
    let message = '';
    child.stderr.on('data', (text: Buffer) => (message += text.toString()));
    const timer = Number.isFinite(afterMs) ? setTimeout(() => child.kill('SIGKILL'), afterMs) : undefined;
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal === null) console.error(`inkling ${args.join(' ')}: ${message}`);
      resolve(signal === 'SIGKILL' ? 'killed' : code === 0 ? 'finished' : 'failed');
    });
  });
}

function runsIn(home: string): string[] {
  const runs = join(home, 'runs');
  return existsSync(runs) ? readdirSync(runs).map((name) => join(runs, name)) : [];
}

/** The run that has completed an epoch; there is at most one, since a user starts again only if there is none. */
function resumableRun(home: string): string | undefined {
  return runsIn(home).find((run) => existsSync(join(run, 'checkpoints', 'resume.safetensors')));
}

function isFinished(home: string): boolean {
  return runsIn(home).some((run) => isComplete(run, EPOCHS));
}
