/** Replaces `partSettings.ts` in bundles for browsers, where no training has these settings. */
export const partSettings = {};
export const PART_REMEDIES = {};
