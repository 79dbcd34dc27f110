import type { FastifyInstance } from 'fastify';
import { option } from '../core/optionName.js';
import { InklingError, messageOf } from '../core/errors.js';
import { codeOf } from '../platform/fileErrors.js';

/** Why a server cannot listen on an address, by the system's error code, and what to do. */
const explanations: Readonly<Record<string, string>> = {
  EACCES: `permission denied; choose a port above 1023 with ${option('port')}`,
  EADDRINUSE: `another program is listening there; choose another port with ${option('port')}`,
  EADDRNOTAVAIL: `this machine has no such address; choose another with ${option('host')}`,
  ENOTFOUND: `this machine has no such address; choose another with ${option('host')}`,
};

/**
 * Starts to listen.
 *
 * @param port 0 for any free port
 * @returns the server's URL, such as `http://127.0.0.1:8080`
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

/** Whether only programs on this machine can reach an address. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}
