const REVOKE_MS = 60_000;

/** Saves a file to where the browser saves downloads. */
export function download(content: BlobPart, name: string, type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers start to read it later.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, REVOKE_MS);
}
