import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { setFlagsFromString } from 'node:v8';

const { resolve } = createRequire(import.meta.url);

/** How much a WebAssembly function runs before V8 optimizes it: as Node 20 has it, and more than there is to do in seconds. */
const TIERING_BUDGET = { usual: 1_800_000, endless: 2_000_000_000 };

/**
 * A file of an installed package, such as a font.
 *
 * @param path the package's name, then the file's path as the package exports it
 * @throws an error with the code `MODULE_NOT_FOUND` when the package is not installed
 */
export async function readPackageFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(resolve(path)));
}

/**
 * Compiles a package's WebAssembly that works for a second or two: quickly, and not again while it runs. To optimize as much
 * code would take several times as long as it saves, on threads that compete with the work itself.
 */
export async function compilePackageFile(path: string): Promise<WebAssembly.Module> {
  const bytes = await readPackageFile(path);
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.endless}`);
  try {
    return await WebAssembly.compile(bytes);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.usual}`);
  }
}
