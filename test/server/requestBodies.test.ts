import { connect, type AddressInfo, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import fastify, { type FastifyPluginAsync } from 'fastify';
import { expect, test } from 'vitest';
import { BodyMemory, boundBodies } from '#inkling/server/bodies/bodyMemory.js';
import { Problem } from '#inkling/server/problem.js';
import { createTestServer, echoRoutes } from './testServer.js';

const MEGABYTE = 1_000_000;

/** `POST /upload`: accepts 20 MB. */
const uploadRoutes: FastifyPluginAsync = (app) => {
  app.addContentTypeParser(
    'image/png',
    { parseAs: 'buffer', bodyLimit: 20 * MEGABYTE },
    (_request, body, done) => {
      done(null, body);
    },
  );
  app.post('/upload', ({ body }) => ({ bytes: (body as Buffer).length }));
  return Promise.resolve();
};

async function listen(): Promise<number> {
  const { server } = await createTestServer([echoRoutes, uploadRoutes]);
  await server.listen({ host: '127.0.0.1', port: 0 });
  return (server.server.address() as AddressInfo).port;
}

const headers = { 'content-type': 'image/png' };

test.each([
  ['a length', (bytes: Buffer) => bytes],
  ['chunks', (bytes: Buffer) => new Blob([new Uint8Array(bytes)]).stream()],
])('a client that sends too large a body with %s sees why', async (_, bodyOf) => {
  const port = await listen();
  for (let i = 0; i < 5; i++) {
    const body = bodyOf(Buffer.alloc(25 * MEGABYTE)) as BodyInit;
    const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    const response = await fetch(`http://127.0.0.1:${port}/upload`, init);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ detail: 'Request body is too large' });
  }
});

/** Sends the headers of an upload, and then some of its bytes. */
function upload(port: number, contentLength: number, bytes: number, extra = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: ${contentLength}\r\n${extra}\r\n`,
  );
  socket.write(Buffer.alloc(bytes));
  return socket;
}

test.each(['', 'Expect: 100-continue\r\n'])('a raw connection is not reset: %j', async (extra) => {
  const socket = upload(await listen(), 25 * MEGABYTE, 25 * MEGABYTE, extra);
  socket.end();
  expect(await text(socket)).toMatch(/HTTP\/1\.1 413 Payload Too Large/);
});

test('does not receive an endless body', async () => {
  const socket = upload(await listen(), 1000 * MEGABYTE, 0);
  let sent = 0;
  const isClosed = new Promise((resolve) => socket.once('close', resolve));
  socket.on('error', () => undefined).resume();
  const send = () => {
    while (!socket.destroyed && sent < 1000 * MEGABYTE) {
      sent += MEGABYTE;
      if (!socket.write(Buffer.alloc(MEGABYTE))) return void socket.once('drain', send);
    }
  };
  send();
  await isClosed;
  expect(sent).toBeLessThan(200 * MEGABYTE);
});

test('rejects the largest unfinished bodies when all together are too large', async () => {
  const port = await listen();
  // Each lacks its last byte.
  const unfinished = Array.from({ length: 8 }, () => upload(port, 15 * MEGABYTE, 15 * MEGABYTE - 1));
  const responses = unfinished.map((socket) => {
    let response = '';
    socket.on('data', (chunk) => (response += String(chunk))).on('error', () => undefined);
    return () => response;
  });
  const rejected = () => responses.map((response) => response()).filter((response) => response !== '');
  await expect.poll(() => rejected().length, { timeout: 10_000 }).toBeGreaterThanOrEqual(1);
  expect(rejected()[0]).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nretry-after: 2\r\n/);
  const small = await fetch(`http://127.0.0.1:${port}/upload`, { method: 'POST', headers, body: 'x' });
  expect(await small.json()).toEqual({ bytes: 1 });
  for (const socket of unfinished) socket.destroy();
});

test('counts a body until it is released', () => {
  const memory = new BodyMemory(100);
  const problems: Problem[] = [];
  const hold = () => {
    const body = memory.hold();
    body.abort = (problem) => problems.push(problem);
    return body;
  };
  const [large, small] = [hold(), hold()];
  large.add(60);
  small.add(40);
  expect(problems).toEqual([]);
  small.add(1);
  expect(problems).toEqual([
    new Problem(
      503,
      'the bodies of all requests together have more than 100 bytes, of which this one has 60; try again later',
      2,
    ),
  ]);
  large.add(1000);
  memory.release(large);
  memory.release(small);
  hold().add(100);
  expect(problems).toHaveLength(1);
});

test('forgets the bodies of pipelined requests when their client leaves', async () => {
  const [server, memory] = [fastify(), new BodyMemory(1000)];
  boundBodies(server, memory);
  let received = 0;
  const arrived = new Promise<void>((resolve) => {
    server.post('/', () => {
      received += 1;
      if (received === 8) resolve();
      // The first response is never sent, so that the others wait for their turn.
      return received === 1 ? new Promise(() => undefined) : {};
    });
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const closed = new Promise((resolve) => {
    server.server.once('connection', (socket: Socket) => socket.once('close', resolve));
  });
  const client = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  const body = JSON.stringify('x'.repeat(98));
  const request = `POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n${body}`;
  client.write(request.repeat(8));
  await arrived;
  client.destroy();
  await closed;
  const next = memory.hold();
  let problem: Problem | undefined;
  next.abort = (reason) => (problem = reason);
  next.add(900);
  expect(problem).toBeUndefined();
  await server.close();
});
