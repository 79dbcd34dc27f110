/** Replaces `renderSweepReport.ts` in bundles for browsers, which have no folders of sweeps. */
import { UnsupportedError } from '../../core/errors.js';

/** @throws {UnsupportedError} always */
export function renderSweepReport(folder: string): Promise<never> {
  return Promise.reject(
    new UnsupportedError(
      `renderSweepReport: folders of sweeps can be read only in Node.js, got "${folder}"; use "inkling report"`,
    ),
  );
}
