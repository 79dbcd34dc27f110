import type { Command } from 'commander';
import * as z from 'zod';
import { parseValue } from './values.js';

const portNumber = z.int().min(0).max(65_535);
const DEFAULT_PORT = 8080;

export function addHost(command: Command): void {
  command.option('--host <ADDRESS>', 'address to listen on', '127.0.0.1');
}

export function addPort(command: Command): void {
  command.option(
    '--port <N>',
    'port to listen on; 0 selects any free port',
    (word) => parseValue(portNumber, word, '--port'),
    DEFAULT_PORT,
  );
}
