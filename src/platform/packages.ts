import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

const { resolve } = createRequire(import.meta.url);

/** How long a WebAssembly function runs before V8 optimizes it: the default of Node.js 20, and practically never. */
const TIERING_BUDGET = { default: 1_800_000, never: 2_000_000_000 };

/** `dist` */
const BUILT = fileURLToPath(new URL('../', import.meta.url));

/** The folder of `dist` to which the build copies the files of packages that it bundles. */
const COPIES = fileURLToPath(new URL('../vendor/', import.meta.url));

/**
 * Reads a file of a package, such as a font: of its copy in the build, or of the installed package.
 *
 * @param path the package's name followed by the path of the file as the package exports it
 * @throws {Error} with the code `MODULE_NOT_FOUND` when the package is not installed
 */
export async function readPackageFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const copy = join(COPIES, path);
  return new Uint8Array(await readFile(existsSync(copy) ? copy : resolve(path)));
}

/**
 * Compiles a package's WebAssembly that runs only for a second or two, without optimizing it: optimizing that much code would
 * take several times longer than it saves, on threads that compete with the work itself.
 */
export async function compilePackageFile(path: string): Promise<WebAssembly.Module> {
  const bytes = await readPackageFile(path);
  setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.never}`);
  try {
    return await WebAssembly.compile(bytes);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${TIERING_BUDGET.default}`);
  }
}

/**
 * Reads a text that the build has written.
 *
 * @param path relative to `dist`
 * @returns undefined where that part was not built
 */
export async function readBuiltText(path: string): Promise<string | undefined> {
  const file = join(BUILT, path);
  return existsSync(file) ? readFile(file, 'utf8') : undefined;
}
