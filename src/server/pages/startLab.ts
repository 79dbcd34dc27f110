import { isLoopback, listen } from '../listen.js';
import { createServer } from '../server.js';
import { ServerMetrics } from '../serverMetrics.js';
import type { RunningServer } from '../startServer.js';
import { serveOnnxRuntime, servePageFiles } from './staticFiles.js';

/** Where the lab is served. */
export interface LabOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Logs an internal error, in one line. */
  readonly log: (line: string) => void;
}

/**
 * Serves the lab, which consists of files only.
 *
 * @throws {InklingError} when the server cannot listen
 */
export async function startLab({ host, port, log }: LabOptions): Promise<Omit<RunningServer, 'isOpen'>> {
  const server = await createServer({
    routes: [(routes) => servePageFiles(routes, 'lab'), serveOnnxRuntime],
    access: { apiKey: undefined, origins: undefined, rateLimit: undefined, isLoopback: isLoopback(host) },
    metrics: new ServerMetrics(() => 0),
    log,
  });
  return { url: await listen(server, host, port), close: () => server.close() };
}
