import { createServer } from 'node:http';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { downloadFile } from '#inkling/data/files/download.js';
import { proxyFor } from '#inkling/data/files/proxy.js';
import { tinyEntry, tinyFiles } from '../tinySet.js';
import { respondWithFile, startMirror } from './mirror.js';

const [expected] = tinyEntry().files;

/** Starts a proxy that opens tunnels; returns its address and the requested hosts. */
async function startProxy() {
  const hosts: string[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    hosts.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket);
      socket.pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the proxy has no port');
  return { url: `http://127.0.0.1:${address.port}`, hosts };
}

test('downloads use the proxy given by the environment', async () => {
  const [mirror, proxy] = [await startMirror(respondWithFile), await startProxy()];
  const environment = { HTTP_PROXY: proxy.url };
  const { file } = await downloadFile(expected, [mirror.url], { environment });
  expect(new Uint8Array(file.bytes)).toEqual(tinyFiles[expected.name]);
  expect(proxy.hosts).toEqual([new URL(mirror.url).host]);
  await downloadFile(expected, [mirror.url], { environment: { ...environment, NO_PROXY: '127.0.0.1' } });
  expect(proxy.hosts).toHaveLength(1);
});

test('an error contains the address of the proxy, without its password', async () => {
  const environment = { http_proxy: 'http://me:secret@127.0.0.1:9' };
  await expect(downloadFile(expected, ['http://mirror.invalid/'], { environment })).rejects.toThrow(
    `http://mirror.invalid/${expected.name}.gz through the proxy http://127.0.0.1:9 (connection refused)`,
  );
});

test.each<[url: string, environment: Record<string, string>, proxy: string | undefined]>([
  ['https://a.example/x', { HTTPS_PROXY: 'http://p:3128' }, 'http://p:3128'],
  ['https://a.example/x', { HTTPS_PROXY: 'p:3128' }, 'http://p:3128'],
  ['https://a.example/x', { HTTPS_PROXY: 'http://p:1', https_proxy: 'http://q:2' }, 'http://q:2'],
  ['https://a.example/x', { HTTP_PROXY: 'http://p:3128' }, undefined],
  ['https://a.example/x', { ALL_PROXY: 'http://p:3128' }, 'http://p:3128'],
  ['https://a.example/x', { HTTPS_PROXY: '' }, undefined],
  ['https://a.example/x', { HTTPS_PROXY: 'http://p', NO_PROXY: 'b.example, .example' }, undefined],
  ['https://a.example/x', { HTTPS_PROXY: 'http://p', NO_PROXY: 'ample' }, 'http://p'],
  ['https://a.example/x', { HTTPS_PROXY: 'http://p', NO_PROXY: '*' }, undefined],
  ['https://a.example/x', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.example:8443' }, 'http://p'],
  ['https://a.example:8443/x', { HTTPS_PROXY: 'http://p', NO_PROXY: 'a.example:8443' }, undefined],
])('%s with %j uses the proxy %s', (url, environment, proxy) => {
  expect(proxyFor(url, environment)).toBe(proxy);
});
