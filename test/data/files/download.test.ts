import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DownloadError, downloadFile } from '#inkling/data/files/download.js';
import type { DownloadProgress } from '#inkling/data/files/download.js';
import { respondForbidden, respondWithFile, startMirror } from './mirror.js';
import { sha256, tinyEntry, tinyFiles } from '../tinySet.js';

const [expected] = tinyEntry().files;
const content = tinyFiles[expected.name];
const packed = gzipSync(content);
const wrong = Uint8Array.from(content).fill(1, -1);

type Answer = (response: ServerResponse) => void;

/** The ways in which a mirror can fail, with the reported reason. */
const failures: [name: string, answer: Answer, reason: string][] = [
  ['a refusal', (response) => response.writeHead(403).end('<html>go away</html>'), 'HTTP 403 Forbidden'],
  ['a missing file', (response) => response.writeHead(404).end(), 'HTTP 404 Not Found'],
  [
    'a web page',
    (response) => response.end('<!doctype html>'),
    `it is a web page, the SHA-256 of its unpacked bytes is ${sha256(Buffer.from('<!doctype html>'))}, expected ${expected.sha256}`,
  ],
  [
    'another file',
    (response) => response.end(gzipSync(wrong)),
    `the SHA-256 of its unpacked bytes is ${sha256(wrong)}, expected ${expected.sha256}`,
  ],
  [
    'an empty response',
    (response) => response.end(),
    `the SHA-256 of its unpacked bytes is ${sha256(new Uint8Array())}, expected ${expected.sha256}`,
  ],
  ['a part of the file', (response) => response.end(packed.subarray(0, 30)), 'the gzip data is truncated'],
  [
    'a connection that is lost during the transfer',
    (response) => {
      response.writeHead(200, { 'content-length': packed.length });
      response.write(packed.subarray(0, 10), () => response.destroy());
    },
    'connection lost',
  ],
  ['a connection that is lost immediately', (response) => response.destroy(), 'connection lost'],
  ['no response', () => vi.advanceTimersByTime(15_000), 'no data for 15 seconds'],
  [
    'a response that stalls',
    (response) => {
      response.writeHead(200, { 'content-length': packed.length });
      response.write(packed.subarray(0, 10), () => vi.advanceTimersByTime(15_000));
    },
    'no data for 15 seconds',
  ],
  [
    'an endless response',
    (response) => {
      const send = (): unknown => response.write(new Uint8Array(50_000), () => setImmediate(send));
      send();
    },
    'more than 65,576 bytes',
  ],
  [
    'a file that unpacks to too many bytes',
    (response) => response.end(gzipSync(new Uint8Array(1_000_000))),
    'the gzip data unpacks to more than 40 bytes',
  ],
];

/** Tests advance the clock themselves instead of waiting. */
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('downloadFile', () => {
  test.each(failures)('after %s, tries the next mirror', async (_, answer, reason) => {
    const bad = await startMirror((_file, response) => {
      answer(response);
    });
    const good = await startMirror(respondWithFile);
    const { file, mirror } = await downloadFile(expected, [bad.url, good.url]);
    expect([...file.bytes]).toEqual([...content]);
    expect(mirror).toBe(good.url);
    await expect(downloadFile(expected, [bad.url])).rejects.toThrow(
      new DownloadError(`${bad.url}${expected.name}.gz (${reason})`),
    );
  });

  test('uses only the first mirror if it works', async () => {
    const [first, second] = [await startMirror(respondWithFile), await startMirror(respondWithFile)];
    await downloadFile(expected, [first.url, second.url]);
    expect(first.requests).toEqual([expected.name]);
    expect(second.requests).toEqual([]);
  });

  test('lists every URL with the reason for its failure', async () => {
    const [stopped, forbidden] = [await startMirror(respondWithFile), await startMirror(respondForbidden)];
    stopped.stop();
    await expect(downloadFile(expected, [stopped.url, forbidden.url])).rejects.toThrow(
      new DownloadError(
        `${stopped.url}${expected.name}.gz (connection refused), ${forbidden.url}${expected.name}.gz (HTTP 403 Forbidden)`,
      ),
    );
  });

  test('reports progress with the size that the server sends, and tolerates a slow server', async () => {
    const parts = [packed.subarray(0, 10), packed.subarray(10, 20), packed.subarray(20)];
    let sendNext = (): void => undefined;
    const { url } = await startMirror((_file, response) => {
      response.writeHead(200, { 'content-length': packed.length });
      sendNext = () => {
        const part = parts.shift();
        if (part !== undefined) response.write(part);
      };
      sendNext();
    });
    const seen: DownloadProgress[] = [];
    const onProgress = (progress: DownloadProgress): void => {
      seen.push(progress);
      vi.advanceTimersByTime(14_000);
      sendNext();
    };
    await downloadFile(expected, [url], { onProgress });
    const common = { url: `${url}${expected.name}.gz`, totalBytes: packed.length };
    expect(seen).toEqual([10, 20, packed.length].map((receivedBytes) => ({ ...common, receivedBytes })));
  });

  test('accepts a file that is compressed for transfer, ignoring its content-length', async () => {
    const seen: DownloadProgress[] = [];
    const { url } = await startMirror((_file, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': packed.length }).end(packed);
    });
    const { file } = await downloadFile(expected, [url], {
      onProgress: (progress) => seen.push(progress),
    });
    expect([...file.bytes]).toEqual([...content]);
    expect(seen.at(-1)).toEqual({
      url: `${url}${expected.name}.gz`,
      receivedBytes: content.length,
      totalBytes: undefined,
    });
  });

  test('stops when aborted, rejects with the reason, and tries no other mirror', async () => {
    const stop = new AbortController();
    const reason = new Error('the user has had enough');
    const waiting = await startMirror(() => {
      stop.abort(reason);
    });
    const next = await startMirror(respondWithFile);
    const download = downloadFile(expected, [waiting.url, next.url], { signal: stop.signal });
    await expect(download).rejects.toBe(reason);
    expect(next.requests).toEqual([]);
  });
});
