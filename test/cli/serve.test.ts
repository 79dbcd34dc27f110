import { cpSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { run } from '#inkling/cli/program.js';
import { loadDataset } from '#inkling/data/load.js';
import { PRETRAINED_RUN } from '#inkling/predict/pretrained.js';
import { temporaryFolder } from '../data/tinySet.js';
import { captureStream, inkling, interruptibleBy, open } from './capture.js';

const pixels = Array.from({ length: 784 }, (_, at) => Number(at % 28 === 14 && at > 112 && at < 672));
const body = JSON.stringify({ pixels });

/** Starts a server on a free port, until `stop` is called. */
async function serve(...flags: string[]) {
  const [stdout, stderr] = [captureStream(), captureStream()];
  const controller = new AbortController();
  const io = {
    stdout,
    stderr,
    environment: {},
    interruptible: interruptibleBy(controller.signal),
    open,
    loadDataset,
  };
  const ended = run(['serve', '--port', '0', ...flags], io);
  while (!stdout.text.includes('\n')) {
    if ((await Promise.race([ended, sleep(10, 'running')])) !== 'running') throw new Error(stderr.text);
  }
  const [address = '', port] = /http:\/\/[\d.]+:(\d+)/.exec(stdout.text) ?? [];
  const interrupt = () => {
    controller.abort();
  };
  const stop = async () => {
    interrupt();
    return ended;
  };
  return { address, port: Number(port), stdout, stderr, stop, interrupt };
}

async function predict(address: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${address}/v1/predict`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

test('serves the bundled model until it is stopped', async () => {
  const { address, stdout, stderr, stop } = await serve();
  expect(stdout.text).toMatch(/^serving report-cnn at http:\/\/127\.0\.0\.1:\d+; press Ctrl\+C to stop\n$/);
  expect(await (await predict(address)).json()).toMatchObject({ predictions: [{ class: '1' }] });
  const metrics = await (await fetch(`${address}/metrics`)).text();
  expect(metrics).toContain(
    'inkling_http_requests_total{method="POST",route="/v1/predict",status="200"} 1\n',
  );
  expect(metrics).toContain('inkling_batch_images_sum 1\n');
  expect(metrics).toContain('inkling_waiting_images 0\n');
  expect(await stop()).toBe(0);
  expect(stderr.text).toBe('');
  await expect(fetch(`${address}/health`)).rejects.toThrow('fetch failed');
});

test('completes pending requests before it stops', async () => {
  const { port, interrupt, stop } = await serve();
  const socket = connect(port, '127.0.0.1');
  const response = text(socket);
  const head = `POST /v1/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  socket.write(head + body.slice(0, 100));
  await sleep(100);
  interrupt();
  await sleep(100);
  socket.write(body.slice(100));
  expect(await response).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(await stop()).toBe(0);
});

test('reports that a port is in use', async () => {
  const { port, stop } = await serve();
  expect(await inkling(['serve', '--port', String(port)])).toEqual({
    code: 1,
    stdout: '',
    stderr: `inkling: cannot listen on 127.0.0.1, port ${port}: another program is listening there; choose another port with --port\n`,
  });
  await stop();
});

test('keeps serving a model whose run is deleted', async () => {
  const folder = join(temporaryFolder(), 'mine-1');
  cpSync(PRETRAINED_RUN, folder, { recursive: true });
  const file = readFileSync(join(folder, 'checkpoints', 'best.safetensors'));
  const { address, stop } = await serve(folder);
  rmSync(folder, { recursive: true });
  expect((await predict(address)).status).toBe(200);
  expect((await fetch(`${address}/ready`)).status).toBe(200);
  expect(await (await fetch(`${address}/api/model`)).json()).toMatchObject({ name: 'mine-1' });
  const checkpoint = await (await fetch(`${address}/api/model/checkpoint`)).arrayBuffer();
  expect(file.equals(Buffer.from(checkpoint))).toBe(true);
  expect(await stop()).toBe(0);
});

test('warns when other machines can use it without a key', async () => {
  const unguarded = await serve('--host', '0.0.0.0');
  expect(unguarded.stderr.text).toContain('Open to other machines');
  await unguarded.stop();
  const guarded = await serve('--host', '0.0.0.0', '--api-key', 'correct-horse');
  expect(guarded.stderr.text).toBe('');
  expect((await predict(guarded.address)).status).toBe(401);
  expect((await predict(guarded.address, { authorization: 'Bearer correct-horse' })).status).toBe(200);
  await guarded.stop();
});

test.each([
  [['--port', '70000'], 2, '--port: expected a whole number from 0 to 65535, got "70000"'],
  [['--api-key', 'short'], 2, '--api-key: expected at least 8 printable ASCII characters without spaces'],
  [
    ['--cors', 'https://a.example/path'],
    2,
    '--cors: expected an origin such as https://example.com, got "https://a.example/path"',
  ],
  [
    ['--host', '0.0.0.0', '--allow-training'],
    2,
    '--allow-training: expected an address that only this machine can reach, or a key, since anyone could start trainings otherwise; add --api-key',
  ],
  [['--rate-limit', '0'], 2, '--rate-limit: expected a whole number of at least 1, got "0"'],
  [['none'], 2, 'unknown run "none"; "inkling runs" lists the runs in a folder, here runs'],
  [
    ['--host', '192.0.2.1'],
    1,
    'cannot listen on 192.0.2.1, port 8080: this machine has no such address; choose another with --host',
  ],
])('rejects %j', async (flags, code, message) => {
  expect(await inkling(['serve', ...flags])).toMatchObject({
    code,
    stderr: expect.stringContaining(`inkling: ${message}\n`) as string,
  });
});
