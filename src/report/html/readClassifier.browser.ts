/** Undefined: it is a file, which a page does not have. */
export function readClassifier(): Promise<string | undefined> {
  return Promise.resolve(undefined);
}
