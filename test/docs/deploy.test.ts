import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { inkling } from '../cli/capture.js';

const folder = fileURLToPath(new URL('../../deploy', import.meta.url));
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

const composeSchema = z.object({
  services: z.object({ redis: z.object({ command: z.string() }), worker: z.object({ command: z.string() }) }),
});
const jobSchema = z.object({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  spec: z.object({
    template: z.object({
      spec: z.object({ containers: z.tuple([z.object({ args: z.array(z.string()) })]) }),
    }),
  }),
});

/** The flags of `inkling worker` in a command line. */
const flagsIn = (text: string) => [...text.matchAll(/--[a-z-]+/g)].map(([flag]) => flag);

test('the files for containers and clusters are valid, and start workers with flags that exist', async () => {
  const { services } = composeSchema.parse(parse(read('compose.yaml')));
  const job = jobSchema.parse(parse(read('kubernetes.yaml')));
  const [{ args }] = job.spec.template.spec.containers;
  const script = /exec inkling (worker .*)/.exec(read('slurm.sh'))?.[1] ?? '';
  const { stdout: help } = await inkling(['worker', '--help']);
  for (const line of [services.worker.command, args.join(' '), script]) {
    expect(line).toMatch(/^worker --queue /);
    expect(help).toEqual(expect.stringContaining('--queue'));
    for (const flag of flagsIn(line)) expect(help).toContain(`${flag} <`);
  }
  expect(services.redis.command).toContain('--maxmemory-policy noeviction');
});

test.skipIf(process.platform === 'win32')('the script for Slurm is valid', () => {
  const { status, stderr } = spawnSync('bash', ['-n', join(folder, 'slurm.sh')], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
