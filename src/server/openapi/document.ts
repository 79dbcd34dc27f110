import type { Shape } from '../../core/shape.js';
import { VERSION } from '../../core/version.js';
import { REQUEST_TIMEOUT_MS } from '../limits.js';
import { type Operation, type PathItem, type Paths, problem, type Response } from './elements.js';
import { pagePaths } from './pagePaths.js';
import { predictPaths } from './predictPaths.js';
import { componentSchemas, type JsonSchema } from './schemas.js';
import { systemPaths } from './systemPaths.js';
import { trainingPaths } from './trainingPaths.js';

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly security: readonly Readonly<Record<string, readonly []>>[];
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** Responses of every route. */
export const commonResponses: Readonly<Record<string, Response>> = {
  401: problem('The server requires an API key, and it is missing or wrong.'),
  403: problem(
    'A browser sent the request for a page of another site whose origin `--cors` does not allow. Only the page, this reference, and health checks are exempt.',
  ),
  405: problem('The path exists, but not with this method; `Allow` lists its methods.'),
  408: problem(`The request took longer than ${REQUEST_TIMEOUT_MS / 1000} s to arrive.`),
  421: problem(
    'The server listens on a loopback address without an API key, and the `Host` header names another machine.',
  ),
  429: problem('The client has sent more requests in the last minute than the server allows.'),
  500: problem('Internal error; the server log contains the details.'),
};

/**
 * Describes all routes of the server in the OpenAPI 3.1 format.
 *
 * @param shape of the model's input, which the pixels in a request must fit: `[height, width, channels]`
 */
export function openApiDocument(shape: Shape): OpenApiDocument {
  const paths: Paths = { ...predictPaths(shape), ...pagePaths, ...trainingPaths, ...systemPaths };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Inkling',
      version: VERSION,
      description: 'Classifies images and provides training runs and data sets.',
    },
    security: [{ bearer: [] }, { basic: [] }, {}],
    paths: Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, withCommonResponses(item)])),
    components: {
      schemas: componentSchemas(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'The API key.' },
        basic: { type: 'http', scheme: 'basic', description: 'Any user name, with the API key as password.' },
      },
    },
  };
}

function withCommonResponses(item: PathItem): PathItem {
  const complete = (operation: Operation): Operation => ({
    ...operation,
    responses: { ...operation.responses, ...commonResponses },
  });
  return Object.fromEntries(Object.entries(item).map(([method, operation]) => [method, complete(operation)]));
}
