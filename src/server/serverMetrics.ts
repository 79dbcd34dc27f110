import type { FastifyPluginAsync } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '../vendor/server.js';

/** Histogram buckets, in seconds. */
const DURATIONS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64];

/** Prometheus metrics of a server. */
export class ServerMetrics {
  readonly registry = new Registry();
  readonly #requests = new Counter({
    name: 'inkling_http_requests_total',
    help: 'Number of requests by method, route, and status code.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });
  readonly #durations = new Histogram({
    name: 'inkling_http_request_duration_seconds',
    help: 'Time from the request to the end of the response.',
    labelNames: ['route'],
    buckets: DURATIONS,
    registers: [this.registry],
  });
  readonly #batches = new Histogram({
    name: 'inkling_batch_images',
    help: 'Number of images per batch.',
    buckets: BATCH_SIZES,
    registers: [this.registry],
  });

  /** @param waiting returns the number of images queued or being processed */
  constructor(waiting: () => number) {
    collectDefaultMetrics({ register: this.registry });
    new Gauge({
      name: 'inkling_waiting_images',
      help: 'Number of images queued or being processed.',
      registers: [this.registry],
      collect() {
        this.set(waiting());
      },
    });
  }

  readonly onBatch = (images: number): void => {
    this.#batches.observe(images);
  };

  onResponse(method: string, route: string, status: number, seconds: number): void {
    this.#requests.inc({ method, route, status });
    this.#durations.observe({ route }, seconds);
  }
}

/** `/metrics` in the Prometheus text format. */
export function metricsRoutes(metrics: ServerMetrics): FastifyPluginAsync {
  return (server) => {
    server.get('/metrics', async (_request, reply) =>
      reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
    );
    return Promise.resolve();
  };
}
