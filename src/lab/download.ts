const REVOKE_MS = 60_000;

/** Saves bytes as a file of the user. */
export function download(bytes: Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers start to read it later.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, REVOKE_MS);
}
