/** Replaces `closestName.ts` in the script of workers, whose few errors with unknown names list the known ones. */
export function closestName(): undefined {
  return undefined;
}
