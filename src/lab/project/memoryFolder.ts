import type { Folder } from '../storage/folder.js';

/** A folder in memory. */
export function memoryFolder(files: Map<string, Uint8Array<ArrayBuffer>>): Folder {
  return {
    read: (name) => Promise.resolve(files.get(name)),
    write(name, bytes) {
      files.set(name, bytes);
      return Promise.resolve();
    },
    remove(name) {
      files.delete(name);
      return Promise.resolve();
    },
    names: () => Promise.resolve([...files.keys()]),
  };
}
