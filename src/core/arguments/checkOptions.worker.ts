/** Replaces `checkOptions.ts` in the script of workers: the page has checked what a worker receives. */
export function checkOptions(): void {
  return;
}

export function checkValues(): void {
  return;
}

export function checkObject(): void {
  return;
}
