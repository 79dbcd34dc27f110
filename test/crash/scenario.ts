import { appendFileSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InklingError, messageOf } from '#inkling/core/errors.js';
import { type FileOperation, setFileOperationHook } from '#inkling/platform/fileOperations.js';
import { applies, type FaultName, faultNames, inject, type Injected } from './faults.js';

/** Something that changes the disk, and how a user repeats it after a failure. */
export interface Scenario {
  readonly name: string;
  /** Creates what must exist before. */
  readonly prepare?: (folder: string) => Promise<void> | void;
  /** The operations of this function are the crash points. */
  readonly act: (folder: string) => Promise<Notices> | Notices;
  /** What a user does after a crash or an error; by default, the same again. */
  readonly retry?: (folder: string) => unknown;
  /** What must be the same after a retry as without a fault: results, but no times. */
  readonly outcome: (folder: string) => unknown;
}

/** What the user is told about files that could not be written but that everything works without. */
export type Notices = readonly string[];

const LIMIT_MS = 170_000;

/** Tests a scenario with every fault at every operation. */
export function testScenario(scenario: Scenario): void {
  describe(scenario.name, () => {
    test.each(faultNames)(
      '%s at every operation',
      async (fault) => {
        const { operations, outcome } = await record(scenario);
        expect(operations.length).toBeGreaterThan(0);
        let points = 0;
        const problems: string[] = [];
        for (const [index, operation] of operations.entries()) {
          if (!applies(fault, operation)) continue;
          points++;
          await testPoint(scenario, fault, index, operation, outcome).catch((error: unknown) => {
            problems.push(messageOf(error));
          });
        }
        expect(problems).toEqual([]);
        // `npm run bench:crash` sets this to count the points.
        const counts = process.env.INKLING_CRASH_RECORD;
        if (counts !== undefined)
          appendFileSync(counts, `${JSON.stringify({ scenario: scenario.name, fault, points })}\n`);
      },
      LIMIT_MS,
    );
  });
}

/** The operations of a scenario without a fault, and its outcome. */
async function record({ prepare, act, outcome }: Scenario) {
  const folder = fastFolder();
  await prepare?.(folder);
  const operations: FileOperation[] = [];
  await withHook(
    (operation) => {
      operations.push(operation);
      return undefined;
    },
    () => act(folder),
  );
  expect(leftovers(folder)).toEqual([]);
  return { operations, outcome: outcome(folder) };
}

async function testPoint(
  { prepare, act, retry = act, outcome }: Scenario,
  fault: FaultName,
  index: number,
  { kind, path }: FileOperation,
  expected: unknown,
): Promise<void> {
  const folder = fastFolder();
  await prepare?.(folder);
  const injected = inject(fault, index);
  const result = await withHook(injected.hook, () =>
    Promise.resolve()
      .then(() => act(folder))
      .then(
        (notices) => ({ notices }),
        (error: unknown) => ({ error }),
      ),
  );
  const point = `${fault} at operation ${index} (${kind} ${path
    .replace(/\.inkling-\S+/, '….tmp')
    .split('/')
    .slice(-2)
    .join('/')})`;
  expect(injected.wasReached(), `${point}: is reached`).toBe(true);
  if ('error' in result) checkError(result.error, injected, point);
  else if (injected.error?.name !== 'CrashError' && result.notices.length === 0) {
    expect(
      differences(outcome(folder), expected),
      `${point}: the outcome, without an error or a notice`,
    ).toEqual([]);
  }
  try {
    await retry(folder);
  } catch (error) {
    throw new Error(`${point}: the retry failed: ${messageOf(error)}`, { cause: error });
  }
  expect(differences(outcome(folder), expected), `${point}: the outcome after a retry`).toEqual([]);
  expect(leftovers(folder), `${point}: files that remain`).toEqual([]);
  rmSync(folder, { recursive: true });
}

/** Where two outcomes differ. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  if (typeof actual !== 'object' || typeof expected !== 'object' || actual === null || expected === null) {
    return Object.is(actual, expected) ? [] : [`${path}: ${short(actual)} instead of ${short(expected)}`];
  }
  const [a, b] = [new Map(Object.entries(actual)), new Map(Object.entries(expected))];
  const keys = new Set([...a.keys(), ...b.keys()]);
  return [...keys].flatMap((key) => differences(a.get(key), b.get(key), `${path}/${key}`)).slice(0, 5);
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}

/** An error must be one for users that names the cause. */
function checkError(error: unknown, { error: cause }: Injected, point: string): void {
  if (cause?.name === 'CrashError') return;
  if (!(error instanceof InklingError)) throw new Error(`${point}: an unexpected error`, { cause: error });
  const causes: unknown[] = [];
  for (let e: unknown = error; e instanceof Error; e = e.cause) causes.push(e);
  expect(causes, `${point}: the causes of "${error.message}"`).toContain(cause);
}

async function withHook<T>(
  hook: (operation: FileOperation) => number | undefined,
  task: () => Promise<T> | T,
): Promise<T> {
  setFileOperationHook(hook);
  try {
    return await task();
  } finally {
    setFileOperationHook(undefined);
  }
}

/** Temporary files and locks below a folder. */
export function leftovers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.tmp$|\.tmp[\\/]|\.pid$|\.lock$/.test(name),
  );
}

/** A folder that is removed after the test, in memory where possible: syncing a disk takes most of the time otherwise. */
export function fastFolder(): string {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'inkling-crash-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
