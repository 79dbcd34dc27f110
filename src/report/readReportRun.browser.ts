/** Replaces `readReportRun.ts` in bundles for browsers, which have no run folders. */
import { UnsupportedError } from '../core/errors.js';
import type { ReportRun } from './reportRun.js';

/** @throws {UnsupportedError} always */
export function readReportRun(folder: string): Promise<ReportRun> {
  return Promise.reject(
    new UnsupportedError(
      `report: run folders can be read only in Node.js, got "${folder}"; pass { result, dataset }: what fit returned, and its data set`,
    ),
  );
}
