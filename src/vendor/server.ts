/** What the server needs of other packages. */
export { default as fastifyCors } from '@fastify/cors';
export { default as fastifyMultipart } from '@fastify/multipart';
export { default as fastifyRateLimit } from '@fastify/rate-limit';
export { default as fastifyStatic } from '@fastify/static';
export { fastify } from 'fastify';
export { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
