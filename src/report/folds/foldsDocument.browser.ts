/** Replaces `foldsDocument.ts` in bundles for browsers, which have no run folders. */
export function foldsDocument(): undefined {
  return undefined;
}
