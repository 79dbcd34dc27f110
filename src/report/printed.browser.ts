/** Replaces `printed.ts` in bundles for browsers, whose reports have no PDF and no PNG files. */

export function renderPdf(): Promise<undefined> {
  return Promise.resolve(undefined);
}

export function renderPngs(): Promise<undefined> {
  return Promise.resolve(undefined);
}
