/** Files that are replaced at once: a file has its earlier or its new content, whatever happens. */
export interface Folder {
  /** Undefined if there is no such file. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  write(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Does nothing if there is no such file. */
  remove(name: string): Promise<void>;
  names(): Promise<string[]>;
}

/** Whether this browser has files for a site that can be replaced at once; it has none where the connection is not secure. */
export function hasFolders(): boolean {
  return (
    'storage' in navigator &&
    'getDirectory' in navigator.storage &&
    'createWritable' in FileSystemFileHandle.prototype
  );
}

/**
 * Opens a folder of the origin private file system.
 *
 * @throws {DOMException} when the browser does not allow it, as some do in private windows
 */
export async function openFolder(name: string): Promise<Folder> {
  const root = await navigator.storage.getDirectory();
  const directory = await root.getDirectoryHandle(name, { create: true });
  return {
    read: (file) =>
      unlessMissing(async () => {
        const handle = await directory.getFileHandle(file);
        return new Uint8Array(await (await handle.getFile()).arrayBuffer());
      }),
    async write(file, bytes) {
      const handle = await directory.getFileHandle(file, { create: true });
      // Replaces the file when it is closed.
      const writable = await handle.createWritable();
      await writable.write(bytes);
      await writable.close();
    },
    remove: (file) => unlessMissing(() => directory.removeEntry(file)),
    async names() {
      const names: string[] = [];
      for await (const file of directory.keys()) names.push(file);
      return names;
    },
  };
}

async function unlessMissing<Result>(action: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}
