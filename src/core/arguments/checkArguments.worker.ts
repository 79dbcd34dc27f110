/** Replaces `checkArguments.ts` in the script of workers: the page has checked what a worker receives. */
export function checkArguments(): void {
  return;
}

export function checkArray(): void {
  return;
}
