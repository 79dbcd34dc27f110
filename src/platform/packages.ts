import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/**
 * A file of an installed package, such as a font.
 *
 * @param path the package's name, then the file's path as the package exports it
 * @throws an error with the code `MODULE_NOT_FOUND` when the package is not installed
 */
export async function readPackageFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(resolve(path)));
}
