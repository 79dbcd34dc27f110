import { formatCount } from '../../core/format.js';
import { formatShape, type Shape, sizeOf } from '../../core/shape.js';
import { MAX_REQUEST_IMAGES } from '../../predict/batchPredictor.js';
import {
  MAX_BODY_BYTES,
  MAX_FILES,
  MAX_FORM_BYTES,
  MAX_UPLOAD_BYTES,
  MAX_UPLOAD_PIXELS,
  MAX_WAITING_FILES,
  MAX_WAITING_IMAGES,
  PREDICTION_TIMEOUT_MS,
} from '../limits.js';
import { predictQuerySchema } from '../predictSchemas.js';
import { busy, file, json, jsonResponse, type Paths, problem, queryParameters } from './elements.js';
import { schemaRef } from './schemas.js';

/** `/v1`: predictions. */
export function predictPaths(shape: Shape): Paths {
  return {
    '/v1/predict': {
      post: {
        summary: 'Classifies images',
        description:
          `The body is one image file (PNG, JPEG, WebP, GIF, or SVG, at most ${formatCount(MAX_UPLOAD_BYTES)} bytes and ${formatCount(MAX_UPLOAD_PIXELS)} pixels), ` +
          `a form with 1 to ${MAX_FILES} image files (at most ${formatCount(MAX_FORM_BYTES)} bytes together), ` +
          `or JSON with the pixels of 1 to ${MAX_REQUEST_IMAGES} images (at most ${formatCount(MAX_BODY_BYTES)} bytes).`,
        parameters: queryParameters(predictQuerySchema),
        requestBody: {
          required: true,
          content: {
            'image/*': { schema: file },
            'application/octet-stream': { schema: file },
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: { file: { type: 'array', items: file, maxItems: MAX_FILES } },
              },
            },
            ...json(pixelsSchema(shape)),
          },
        },
        responses: {
          200: jsonResponse(
            'One prediction per image, in order. A file of a form that cannot be read has an error instead, unless there is no other.',
            schemaRef('Predictions'),
          ),
          400: problem('The query is invalid, the body is damaged, or a form has a text field.'),
          411: problem('The request has no body.'),
          413: problem('The body, a file, or the form is too large.'),
          415: problem('The content type is none of the above, or the body is compressed.'),
          422: problem('No file is an image that can be decoded, or the pixels do not fit the model.'),
          503: busy(
            `The server is busy: ${formatCount(MAX_WAITING_IMAGES)} images are waiting for the model or ` +
              `${MAX_WAITING_FILES} files for the decoder, the bodies of all requests together are too large, or the prediction took longer than ${PREDICTION_TIMEOUT_MS / 1000} s.`,
          ),
        },
      },
    },
    '/v1/model': {
      get: {
        summary: 'Describes the model',
        responses: {
          200: jsonResponse('Name, classes, input shape, and number of parameters.', schemaRef('Model')),
        },
      },
    },
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
        description:
          `${size} numbers per image of shape ${formatShape(shape)} (height × width × channels, in this order), ` +
          'from 0 (background) to 1 (foreground).',
        items: { type: 'number', minimum: 0, maximum: 1 },
        minItems: size,
        maxItems: MAX_REQUEST_IMAGES * size,
      },
    },
  };
}
