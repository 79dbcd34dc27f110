import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { tinyFiles } from '../tinySet.js';

export interface Mirror {
  /** Ends with a slash; followed by the name of a file and `.gz`. */
  readonly address: string;
  /** The names of the files requested so far. */
  readonly requests: readonly string[];
  readonly stop: () => void;
}

/** Starts a local web server that runs until the test has finished. */
export async function startMirror(answer: (file: string, response: ServerResponse) => void): Promise<Mirror> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const file = (request.url ?? '').slice('/'.length, -'.gz'.length);
    requests.push(file);
    answer(file, response);
  });
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
  return { address: `http://127.0.0.1:${address.port}/`, requests, stop };
}

/** Responds with the files of the tiny set. */
export function answerRight(file: string, response: ServerResponse): void {
  response.end(gzipSync(tinyFiles[file]));
}

/** Responds with status 403. */
export function answerForbidden(_file: string, response: ServerResponse): void {
  response.writeHead(403).end('<html>go away</html>');
}
