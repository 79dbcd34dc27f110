import { createServer } from 'node:http';
import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { tinyFiles } from '../tinySet.js';

export interface Mirror {
  /** Ends with a slash; followed by the name of a file and `.gz`. */
  readonly url: string;
  /** The names of the files requested so far. */
  readonly requests: readonly string[];
  readonly stop: () => void;
}

/** Starts a local web server that runs until the test has finished. */
export async function startMirror(
  respond: (file: string, response: ServerResponse) => void,
): Promise<Mirror> {
  const requests: string[] = [];
  const { url, stop } = await listen((request, response) => {
    const file = (request.url ?? '').slice('/'.length, -'.gz'.length);
    requests.push(file);
    respond(file, response);
  });
  return { url, requests, stop };
}

/** Responds with the files of the tiny set. */
export function respondWithFile(file: string, response: ServerResponse): void {
  response.end(gzipSync(tinyFiles[file]));
}

/** Responds with status 403. */
export function respondForbidden(_file: string, response: ServerResponse): void {
  response.writeHead(403).end('<html>go away</html>');
}

/** Starts a local web server that responds to every request with the same bytes, until the test has finished. */
export async function serveBytes(content: Uint8Array): Promise<{ url: string; requests: string[] }> {
  const requests: string[] = [];
  const { url } = await listen((request, response) => {
    requests.push(request.url ?? '');
    response.end(content);
  });
  return { url, requests };
}

async function listen(handle: RequestListener): Promise<{ url: string; stop: () => void }> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(stop);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return { url: `http://127.0.0.1:${address.port}/`, stop };
}
