import { type Shape, sizeOf } from '../core/shape.js';
import { VERSION } from '../core/version.js';
import { BATCH_LIMIT } from '../predict/batchPredictor.js';
import { PROBLEM_TYPE } from './problem.js';

const json = (schema: object) => ({ 'application/json': { schema } });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, schema: object) => ({ description, content: json(schema) });
const problem = (description: string) => ({
  description,
  content: { [PROBLEM_TYPE]: { schema: ref('Problem') } },
});
const file = { type: 'string', format: 'binary' };
const fraction = { type: 'number', minimum: 0, maximum: 1 };

/** What programs can ask, in the OpenAPI format. */
export function openApiDocument(shape: Shape) {
  return {
    openapi: '3.1.0',
    info: { title: 'Inkling', version: VERSION, description: 'Says what is on pictures.' },
    paths: {
      '/v1/predict': {
        post: {
          summary: 'What is on one or more pictures',
          parameters: [
            {
              name: 'top',
              in: 'query',
              description: 'How many classes to name, best first.',
              schema: { type: 'integer', minimum: 1, maximum: 1000, default: 2 },
            },
          ],
          requestBody: {
            required: true,
            content: {
              'image/*': { schema: file },
              'multipart/form-data': {
                schema: {
                  type: 'object',
                  properties: { file: { type: 'array', items: file, maxItems: 16 } },
                },
              },
              ...json(pixelsSchema(shape)),
            },
          },
          responses: {
            200: answer('An answer for each picture, in order.', ref('Predictions')),
            400: problem('The request is not what it says to be.'),
            413: problem('Too many bytes.'),
            415: problem('Neither pictures nor JSON.'),
            422: problem('A picture cannot be read, or the pixels do not fit the model.'),
            503: problem('Too much at once; ask again when "retry-after" says.'),
          },
        },
      },
      '/v1/model': {
        get: { summary: 'The network that answers', responses: { 200: answer('It.', ref('Model')) } },
      },
      '/health': {
        get: { summary: 'Whether the server is up', responses: { 200: { description: 'It is.' } } },
      },
      '/ready': {
        get: {
          summary: 'Whether the network can be asked',
          responses: { 200: { description: 'It can.' }, 503: problem('It cannot.') },
        },
      },
      '/metrics': {
        get: {
          summary: 'Counts and durations, for Prometheus',
          responses: { 200: { description: 'Its text format.', content: { 'text/plain': {} } } },
        },
      },
    },
    components: { schemas },
  };
}

function pixelsSchema(shape: Shape): object {
  const size = sizeOf(shape);
  return {
    type: 'object',
    required: ['pixels'],
    additionalProperties: false,
    properties: {
      pixels: {
        type: 'array',
        description: `1 to ${BATCH_LIMIT} images, ${size} numbers each, row by row: 0 is background, 1 is ink.`,
        items: fraction,
        minItems: size,
        maxItems: BATCH_LIMIT * size,
      },
    },
  };
}

const rankedClass = {
  class: { type: 'string' },
  confidence: { ...fraction, description: 'A calibrated probability.' },
};

const schemas = {
  Predictions: {
    type: 'object',
    properties: { model: { type: 'string' }, predictions: { type: 'array', items: ref('Prediction') } },
  },
  Prediction: {
    type: 'object',
    properties: {
      file: { type: 'string', description: 'Its name in the form.' },
      ...rankedClass,
      doubtful: { type: 'boolean', description: 'Whether the prediction should not be relied on.' },
      reasons: {
        type: 'array',
        description: 'Why the prediction is doubtful; empty if it is not.',
        items: {
          type: 'object',
          properties: {
            code: { type: 'string', enum: ['low-confidence', 'low-evidence'] },
            text: { type: 'string' },
          },
        },
      },
      top: { type: 'array', items: { type: 'object', properties: rankedClass } },
    },
  },
  Model: {
    type: 'object',
    properties: {
      name: { type: 'string' },
      dataset: { type: 'string' },
      classes: { type: 'array', items: { type: 'string' } },
      input: {
        type: 'object',
        properties: {
          height: { type: 'integer' },
          width: { type: 'integer' },
          channels: { type: 'integer' },
        },
      },
      parameters: { type: 'integer' },
    },
  },
  Problem: {
    type: 'object',
    description: 'RFC 9457',
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What was expected, what came, what to do.' },
    },
  },
};
