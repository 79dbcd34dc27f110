import type { FastifyInstance } from 'fastify';
import { InklingError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/files.js';

/** What to do about a place that a server cannot listen at, by the system's error code. */
const explanations: Readonly<Record<string, string>> = {
  EACCES: 'the system does not permit it; choose a port above 1023 with --port',
  EADDRINUSE: 'another program listens there; choose another port with --port',
  EADDRNOTAVAIL: 'this machine has no such address; choose another with --host',
  ENOTFOUND: 'this machine has no such address; choose another with --host',
};

/**
 * Begins to listen.
 *
 * @param port 0 for any that is free
 * @returns the address to open, such as `http://127.0.0.1:8080`
 * @throws {InklingError} when the system refuses
 */
export async function listen(server: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await server.listen({ host, port });
  } catch (error) {
    const explanation = explanations[codeOf(error) ?? ''] ?? messageOf(error);
    throw new InklingError(`cannot listen on ${host}, port ${port}: ${explanation}`, { cause: error });
  }
}

/** Whether an address leads to this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
