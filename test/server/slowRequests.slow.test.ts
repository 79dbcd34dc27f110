import { connect, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createTestServer, echoRoutes } from './testServer.js';

/** Sends the beginning of a request and then `drip` every half second; returns the response and the seconds it took. */
async function sendSlowly(port: number, drip: string) {
  const socket = connect(port, '127.0.0.1');
  const started = performance.now();
  socket.write('POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n-');
  const timer = setInterval(() => {
    if (socket.writable) socket.write(drip);
  }, 500);
  const response = await text(socket);
  clearInterval(timer);
  return { response, seconds: (performance.now() - started) / 1000 };
}

test('ends requests whose body arrives too slowly or not at all', { timeout: 40_000 }, async () => {
  const { server } = await createTestServer([echoRoutes]);
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  for (const { response, seconds } of await Promise.all([sendSlowly(port, ''), sendSlowly(port, 'x')])) {
    expect(response).toMatch(/^HTTP\/1.1 408 Request Timeout/);
    expect(response).toContain('the request took longer than 10 s to arrive; send it again');
    // The limit, the interval of the checks, and some time for a busy machine.
    expect(seconds).toBeGreaterThan(9);
    expect(seconds).toBeLessThan(20);
  }
});
