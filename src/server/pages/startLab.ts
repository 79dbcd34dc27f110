import type { FastifyInstance } from 'fastify';
import { UsageError } from '../../core/errors.js';
import { option } from '../../core/optionName.js';
import { formatShape } from '../../core/shape.js';
import { encodeCheckpoint, type SavedModel } from '../../interop/checkpoint.js';
import { isLoopback, listen } from '../listen.js';
import { createServer } from '../server.js';
import { ServerMetrics } from '../serverMetrics.js';
import type { RunningServer } from '../startServer.js';
import { serveOnnxRuntime, servePageFiles, servePretrained } from './staticFiles.js';

/** The channels of a photo: red, green, blue. */
const COLORS = 3;

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

/** @throws {UsageError} when its input is not in color */
function pretrainedFile(saved: SavedModel): Uint8Array<ArrayBuffer> {
  const { name, input } = saved.model;
  if (input[2] !== COLORS) {
    throw new UsageError(
      `${option('pretrained')}: expected a network for photos, whose input has ${COLORS} channels, got ${name} for images of ` +
        `${formatShape(input)}; choose a backbone, such as efficientnet-lite0, or a run on photos`,
    );
  }
  return encodeCheckpoint(saved);
}
