import type { FastifyInstance } from 'fastify';
import { InklingError, UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { encodeCheckpoint, type SavedModel } from '../../interop/checkpoint.js';
import { isLoopback, listen } from '../listen.js';
import { photoBackbone } from '../../backbones/photoBackbone.js';
import { createServer } from '../server.js';
import { ServerMetrics } from '../serverMetrics.js';
import type { RunningServer } from '../startServer.js';
import { serveOnnxRuntime, servePageFiles, servePretrained } from './staticFiles.js';

/** The side of the large photos of the lab, in pixels. */
const PHOTO_SIDE = 128;

/** Where the lab is served. */
export interface LabOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** A network for photos from which students may start. */
  readonly pretrained?: SavedModel | undefined;
  /** Logs an internal error, in one line. */
  readonly log: (line: string) => void;
}

/**
 * Serves the lab, which consists of files only.
 *
 * @throws {UsageError} when the network from which students may start is not one for photos
 * @throws {InklingError} when the server cannot listen
 */
export async function startLab({
  host,
  port,
  pretrained,
  log,
}: LabOptions): Promise<Omit<RunningServer, 'isOpen'>> {
  const file = pretrained && pretrainedFile(pretrained);
  const server = await createServer({
    routes: [
      (routes) => servePageFiles(routes, 'lab'),
      serveOnnxRuntime,
      ...(file === undefined ? [] : [(routes: FastifyInstance) => servePretrained(routes, file)]),
    ],
    access: { apiKey: undefined, origins: undefined, rateLimit: undefined, isLoopback: isLoopback(host) },
    metrics: new ServerMetrics(() => 0),
    log,
  });
  return { url: await listen(server, host, port), close: () => server.close() };
}

/** @throws {UsageError} when the lab would refuse it */
function pretrainedFile(saved: SavedModel): Uint8Array<ArrayBuffer> {
  try {
    photoBackbone(saved, PHOTO_SIDE);
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    throw new UsageError(
      `${option('pretrained')}: ${error.message}; choose a backbone, such as efficientnet-lite0, or a run on photos`,
    );
  }
  return encodeCheckpoint(saved);
}
