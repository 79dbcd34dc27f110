import { addressOf } from '../../sweep/queue/bull/connection.js';

/** @throws {UsageError} when it is not the URL of Redis */
export function parseQueueUrl(url: string): string {
  addressOf(url);
  return url;
}
