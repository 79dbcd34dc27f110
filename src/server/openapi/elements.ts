import * as z from 'zod';
import { PROBLEM_TYPE } from '../problem.js';
import { type JsonSchema, schemaRef, toJsonSchema } from './schemas.js';

/** Parts of an OpenAPI 3.1 document (https://spec.openapis.org/oas/v3.1.0). */
export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: object;
}

export interface Content {
  readonly schema?: object;
}

export interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: object }>>;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Operation {
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Content>> };
  /** An empty list for an operation that needs no API key. */
  readonly security?: readonly [];
  /** By status code. */
  readonly responses: Readonly<Record<string, Response>>;
}

/** Operations by method. */
export type PathItem = Readonly<Partial<Record<'get' | 'post', Operation>>>;

export type Paths = Readonly<Record<string, PathItem>>;

/** A file in a request or response body. */
export const file = { type: 'string', format: 'binary' } as const;

export function json(schema: object): Readonly<Record<string, Content>> {
  return { 'application/json': { schema } };
}

export function jsonResponse(description: string, schema: object): Response {
  return { description, content: json(schema) };
}

export function fileResponse(description: string, contentType = 'application/octet-stream'): Response {
  return { description, content: { [contentType]: { schema: file } } };
}

/** An error response with a problem body. */
export function problem(description: string): Response {
  return { description, content: { [PROBLEM_TYPE]: { schema: schemaRef('Problem') } } };
}

/** A 503 response, after which a client may try again. */
export function busy(description: string): Response {
  const schema = { type: 'integer' };
  return {
    ...problem(description),
    headers: { 'Retry-After': { description: 'Seconds to wait before trying again.', schema } },
  };
}

/** A part of the path. */
export function pathParameter(
  name: string,
  description: string,
  schema: object = { type: 'string' },
): Parameter {
  return { name, in: 'path', required: true, description, schema };
}

/** The query parameters that a schema describes; all are optional. */
export function queryParameters(query: z.ZodObject): Parameter[] {
  return Object.entries(query.shape).map(([name, member]) => {
    const { description = '', ...schema } = toJsonSchema(member as z.ZodType);
    return { name, in: 'query', required: false, description, schema: withoutSafeLimits(schema) };
  });
}

/** Without the limits of integers that numbers can represent exactly, which zod states for each integer. */
function withoutSafeLimits(schema: JsonSchema): object {
  const { minimum = -Infinity, maximum = Infinity, ...others } = schema;
  return {
    ...others,
    ...(minimum > Number.MIN_SAFE_INTEGER && { minimum }),
    ...(maximum < Number.MAX_SAFE_INTEGER && { maximum }),
  };
}
