import * as z from 'zod';

/** An API key as it is accepted by `startServer`: it must fit into a header. */
export const apiKeySchema = z
  .string()
  .regex(/^[\x21-\x7e]{8,}$/, 'expected at least 8 printable ASCII characters without spaces');

/** An origin as browsers send it: scheme, host and port, without a path. */
export const originSchema = z
  .string()
  .refine(
    (text) => URL.canParse(text) && new URL(text).origin === text,
    'expected an origin such as https://example.com',
  );

/** Who may use a server, and how often. */
export interface AccessOptions {
  /**
   * Required in every request except health checks and those for the files of the page. Without a key, a server on a loopback address accepts only requests whose
   * `Host` header names this machine, and one on any other address accepts all requests.
   */
  readonly apiKey?: string | undefined;
  /** Origins of web pages that may send requests (CORS), such as `https://example.com`; by default none but the server's own. */
  readonly origins?: readonly string[] | undefined;
  /** Maximum number of requests per minute and client address; unlimited by default. */
  readonly rateLimit?: number | undefined;
  /** Whether the server listens on a loopback address. */
  readonly isLoopback: boolean;
}
