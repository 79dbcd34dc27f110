/**
 * Measures a peer in headless Chromium: `node launch.js CHROMIUM SCRIPT JOB`, where SCRIPT is a file of `bench/peers`; see
 * bench/protocol.ts. The page is isolated from other origins, so that it can use threads, and is told that the machine has as many
 * cores as the job has threads.
 */
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { peakMegabytesOfChildren } from './memory.js';
import { startSite } from './site.js';

const [executablePath, script, text] = process.argv.slice(2);
const job = JSON.parse(text);
const address = await startSite(script, job);
// Removed with the fixture. Playwright ends Chromium when this process is told to end.
process.env.TMPDIR = job.folder;
const profile = mkdtempSync(join(job.folder, 'chromium-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath,
  chromiumSandbox: false,
  args: ['--enable-unsafe-swiftshader'],
});
const page = await browser.newPage();
page.on('pageerror', ({ message }) => {
  console.error(`Error: ${script}: ${message}`);
  process.exit(1);
});
const session = await browser.newCDPSession(page);
await session.send('Emulation.setHardwareConcurrencyOverride', { hardwareConcurrency: job.threads });
await page.goto(address);
const ready = await page.waitForFunction(() => globalThis.checkValue, undefined, { timeout: 0 });
send({ checkValue: await ready.jsonValue() });
for await (const line of createInterface({ input: process.stdin })) {
  const round = await page.evaluate((seconds) => globalThis.workFor(seconds), JSON.parse(line).seconds);
  send({ ...round, peakMegabytes: peakMegabytesOfChildren() });
}

function send(message) {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}
