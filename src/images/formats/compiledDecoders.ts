import { readPackageFile } from '../../platform/packages.js';

/** A decoder's WebAssembly, and the package's file that it was compiled from. */
export interface CompiledDecoder {
  readonly file: string;
  readonly module: WebAssembly.Module;
}

const modules = new Map<string, WebAssembly.Module>();
let announce: (decoder: CompiledDecoder) => void = () => undefined;

/**
 * Shares compiled decoders with other threads, all of which also gain when one of them optimizes the code. A thread that replaces a
 * terminated one would otherwise spend as much time on compiling as on decoding.
 *
 * @param compiled those that other threads compiled
 * @param onCompiled called with each that this thread compiles
 */
export function shareDecoders(
  compiled: readonly CompiledDecoder[],
  onCompiled: (decoder: CompiledDecoder) => void,
): void {
  for (const { file, module } of compiled) modules.set(file, module);
  announce = onCompiled;
}

/** The WebAssembly of a package's file, compiled unless another thread has shared it. */
export async function compileDecoder(file: string): Promise<WebAssembly.Module> {
  const shared = modules.get(file);
  if (shared !== undefined) return shared;
  const module = await WebAssembly.compile(await readPackageFile(file));
  modules.set(file, module);
  announce({ file, module });
  return module;
}

/** Lets a decoder that Emscripten built use WebAssembly that is compiled already. */
export function instantiating(
  module: WebAssembly.Module,
): (
  imports: WebAssembly.Imports,
  onInstance: (instance: WebAssembly.Instance) => void,
) => WebAssembly.Exports {
  return (imports, onInstance) => {
    const instance = new WebAssembly.Instance(module, imports);
    onInstance(instance);
    return instance.exports;
  };
}
