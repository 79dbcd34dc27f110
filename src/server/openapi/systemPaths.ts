import { fileResponse, jsonResponse, type Paths, problem } from './elements.js';

const statusOf = (status: string) => ({
  type: 'object',
  required: ['status'],
  properties: { status: { const: status } },
});

/** Health checks, metrics and this documentation. */
export const systemPaths: Paths = {
  '/health': {
    get: {
      summary: 'Reports whether the server is running',
      description: 'Needs no API key.',
      security: [],
      responses: { 200: jsonResponse('The server is running.', statusOf('ok')) },
    },
  },
  '/ready': {
    get: {
      summary: 'Reports whether the model accepts requests',
      description: 'Needs no API key.',
      security: [],
      responses: {
        200: jsonResponse('The model accepts requests.', statusOf('ready')),
        503: problem('The model has stopped.'),
      },
    },
  },
  '/metrics': {
    get: {
      summary: 'Returns metrics for Prometheus',
      responses: {
        200: { description: 'Metrics in the Prometheus text format.', content: { 'text/plain': {} } },
      },
    },
  },
  '/openapi.json': {
    get: {
      summary: 'Returns this reference in the OpenAPI 3.1 format',
      responses: { 200: jsonResponse('An OpenAPI document.', { type: 'object' }) },
    },
  },
  '/docs': {
    get: {
      summary: 'Returns this reference as a page',
      responses: { 200: fileResponse('An HTML page.', 'text/html') },
    },
  },
};
