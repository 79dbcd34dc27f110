/** Replaces `foldSettings.ts` in bundles for browsers, where no training has folds. */
export const foldSettings = {};
export const FOLD_REMEDIES = {};
