/** What was computed for a file, or why it was not. */
export type FileResult<Result> =
  { readonly file: string; readonly error: string } | (Result & { readonly file: string });
