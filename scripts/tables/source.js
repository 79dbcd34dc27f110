import { runnerImport } from 'vite';

/** Imports a module of `src` from the sources, so that no build is needed. */
export async function importSource(path) {
  const { module } = await runnerImport(`./src/${path}`, { configFile: false, logLevel: 'error' });
  return module;
}
