import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { ClosedError, InklingError } from '#inkling/core/errors.js';
import { Team } from '#inkling/engine/team.js';
import { Arena } from '#inkling/plan/arena.js';
import { PlanBuilder } from '#inkling/plan/builder.js';
import { MAX_STEPS } from '#inkling/plan/steps.js';
import { stepOf } from '../helpers/trainingRun.js';

const THREADS = 3;
const BATCH = 20;
/** An address beyond the memory of every test. */
const OUTSIDE = 2 ** 30;
const TRAP = new InklingError('engine: a worker failed: memory access out of bounds');

const teams: Team[] = [];
const workers: Worker[] = [];
const keepWorker = (worker: Worker) => workers.push(worker);

/** A team with a plan for ReLU, and a plan for ReLU on a tensor outside its memory. */
async function start() {
  const arena = new Arena(false);
  const planOf = (outside: boolean) => {
    const builder = new PlanBuilder(arena, BATCH);
    const input = builder.perImage('input', [5]);
    const output = builder.perImage('output', [5]);
    const writes = { output: outside ? { ...output, offset: OUTSIDE } : output };
    builder.add({ op: 'relu', reads: { input }, writes, maximum: Infinity });
    return { plan: builder.build('relu'), input, output };
  };
  const sound = planOf(false);
  const unsound = planOf(true);
  process.on('worker', keepWorker);
  const team = await Team.start(THREADS, arena.bytes);
  teams.push(team);
  return { team, ...sound, unsound: unsound.plan };
}

afterEach(async () => {
  process.off('worker', keepWorker);
  workers.length = 0;
  await Promise.all(teams.splice(0).map((team) => team.close()));
});

describe('Team', () => {
  it('runs a plan once for each step', async () => {
    const { team, plan, input, output } = await start();
    team.tensors.floats(input).forEach((_, i, array) => (array[i] = i % 2 === 0 ? -i - 1 : i));
    await team.run(plan, [stepOf(7, 0), stepOf(12, 0)]);
    const expected = Array.from({ length: BATCH * 5 }, (_, i) => (i % 2 === 1 && i < 12 * 5 ? i : 0));
    expect(Array.from(team.tensors.floats(output))).toEqual(expected);
    await team.run(plan, []);
  });

  it('rejects concurrent runs and more than 64 steps', async () => {
    const { team, plan } = await start();
    const run = team.run(plan, [stepOf(1, 0)]);
    await expect(team.run(plan, [])).rejects.toThrow('the team runs one plan at a time');
    await run;
    const steps = Array.from({ length: MAX_STEPS + 1 }, () => stepOf(1, 0));
    await expect(team.run(plan, steps)).rejects.toThrow('a run has at most 64 steps, not 65');
    await team.run(plan, steps.slice(1));
  });

  it.each([BATCH, 1])('rejects all runs after workers trap on a batch of %i', async (count) => {
    const { team, plan, unsound } = await start();
    await expect(team.run(unsound, [stepOf(count, 0)])).rejects.toThrow(TRAP);
    await expect(team.run(plan, [stepOf(count, 0)])).rejects.toThrow(TRAP);
    await team.close();
    await expect(team.run(plan, [])).rejects.toThrow(TRAP);
  });

  it('rejects when a worker exits unexpectedly', async () => {
    const { team, plan } = await start();
    await team.run(plan, [stepOf(1, 0)]);
    expect(workers).toHaveLength(THREADS);
    const ended = new InklingError('engine: a worker failed: it exited with code 1');
    void workers[1].terminate();
    await expect(team.run(plan, [stepOf(1, 0)])).rejects.toThrow(ended);
    await expect(team.run(plan, [])).rejects.toThrow(ended);
  });

  it('rejects the run in progress and all later ones when it is closed', async () => {
    const { team, plan } = await start();
    const closed = new ClosedError('engine: the worker team was closed');
    const run = expect(team.run(plan, Array(MAX_STEPS).fill(stepOf(BATCH, 0)))).rejects.toThrow(closed);
    await Promise.all([team.close(), team.close()]);
    await run;
    await team.close();
    await expect(team.run(plan, [])).rejects.toThrow(closed);
  });
});

/** Runs a program with a team and a plan; resolves with its output when the process exits on its own. */
async function outputOf(script: string): Promise<string> {
  const url = (path: string) => new URL(`../../dist/${path}.js`, import.meta.url).href;
  const setup = `
    import { Team } from '${url('engine/team')}';
    import { Arena } from '${url('plan/arena')}';
    import { PlanBuilder } from '${url('plan/builder')}';
    const arena = new Arena(false);
    const builder = new PlanBuilder(arena, 4);
    const input = builder.perImage('input', [5]);
    builder.add({ op: 'relu', reads: { input }, writes: { output: input }, maximum: Infinity });
    const plan = builder.build('relu');
    const outside = { ...input, offset: ${OUTSIDE} };
    const stages = [{ partition: 'items', ops: [{ op: 'relu', reads: { input }, writes: { output: outside }, maximum: Infinity }] }];
    const team = await Team.start(2, arena.bytes);
  `;
  const folder = mkdtempSync(join(tmpdir(), 'inkling-team-'));
  const program = join(folder, 'program.mjs');
  writeFileSync(program, setup + script);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program]);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a process with a team exits on its own', () => {
  it('after the team is closed, once or twice', async () => {
    const script = 'await team.run(plan, []); await team.close(); await team.close(); console.log("closed");';
    expect(await outputOf(script)).toBe('closed\n');
  });

  it('after a worker has failed', async () => {
    const script = `
      const steps = [{ first: 0, count: 4 }];
      await team.run({ ...plan, stages }, steps).catch((error) => { console.log(error.message); });
    `;
    expect(await outputOf(script)).toBe(`${TRAP.message}\n`);
  });
});
