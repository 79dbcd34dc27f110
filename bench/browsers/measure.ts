/**
 * Measures the report's CNN in Node.js and in headless Chromium, beside other libraries in the same browser, and writes a record:
 * `npm run bench:browsers -- FILE.json`. Requires `npm run bench:peers`.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../chromium.js';
import { describeEnvironment } from '../environment.js';
import { FIXTURE_IMAGES, writeFixture } from '../fixture.js';
import { compare, type Effort } from '../measure.js';
import { reportCnn } from '../networks/models.js';
import { findPeers } from '../peers.js';
import type { TaskName } from '../protocol.js';
import { type ReportEntry, rowOf, THREADS } from '../suites.js';
import { inkling, ROOT, type System } from '../system.js';

/** A step of more than two seconds is a measurement of its own. */
const EFFORT: Effort = { rounds: 5, roundSeconds: 0.5, warmupSeconds: 0.5, slowWarmupSeconds: 2 };
const BATCH = 64;
const IN_PAGE = /\(Chromium\)$/;

const inklingInPage: System = {
  ...inkling,
  name: `${inkling.name} (Chromium)`,
  command: [process.execPath, join(ROOT, 'build', 'bench', 'browsers', 'inklingPage.js')],
};

await main(process.argv.at(2));

async function main(file: string | undefined): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium in PATH; install it');
  const folder = await writeFixture();
  try {
    const environment = describeEnvironment();
    const measured = [
      await measure('training', THREADS, folder),
      // A prediction in a page is computed by its own thread.
      await measure('inference', 1, folder),
    ];
    const record = {
      command: 'npm run bench:browsers',
      date: new Date().toISOString(),
      ...environment,
      chromium: await versionOf(executablePath),
      rows: measured.flatMap(({ rows }) => rows),
      missing: measured.flatMap(({ failures }) => failures),
    };
    const json = `${JSON.stringify(record, undefined, 2)}\n`;
    if (file === undefined) process.stdout.write(json);
    else writeFileSync(file, json);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(task: TaskName, threads: number, folder: string) {
  const peers = findPeers().systems.filter(({ name }) => IN_PAGE.test(name));
  const systems = [inkling, inklingInPage, ...peers].filter(({ tasks }) => tasks.includes(task));
  const network = reportCnn(1).name;
  const entries = systems.map((system): ReportEntry => ({
    ...{ system, task, title: `${system.name}, ${task}`, width: 1, side: 28 },
    job: {
      ...{ task, batch: BATCH, images: FIXTURE_IMAGES, folder, network },
      // Some have no threads.
      threads: system.hasThreads ? threads : 1,
    },
  }));
  const { measurements, failures } = await compare(entries, EFFORT);
  const rows = measurements.map((each) => {
    const { system, imagesPerSecond, spread, rounds, threads: used } = rowOf(each);
    return { system, task, batch: BATCH, threads: used, imagesPerSecond, spread, rounds };
  });
  return { rows, failures };
}

async function versionOf(executablePath: string): Promise<string> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    return browser.version();
  } finally {
    await browser.close();
  }
}
