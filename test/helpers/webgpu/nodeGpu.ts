import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** The optional package webgpu, outside `node_modules`, so that tests of its absence hold as well. */
const PACKAGE = process.env.INKLING_WEBGPU ?? join(ROOT, 'build/webgpu/node_modules/webgpu');
/** Chromium of Debian contains a Vulkan driver that computes on the processor. */
const CHROMIUM = '/usr/lib/chromium';
const DRIVER = join(CHROMIUM, 'vk_swiftshader_icd.json');

/** Why programs for a GPU cannot run in Node.js here; undefined if they can. */
export const noNodeGpu = [
  [
    PACKAGE,
    'no package webgpu; "npm install --no-save --ignore-scripts --prefix build/webgpu webgpu" installs it',
  ],
  [DRIVER, 'no Vulkan driver of Chromium; "apt-get install chromium" installs it'],
].find(([path]) => !existsSync(path))?.[1];

/**
 * Runs a program, the text of a module, with the package webgpu and a GPU that the processor simulates.
 *
 * @returns what it has printed last, from JSON
 */
export function runWithGpu(program: string): unknown {
  const runtimeFolder = mkdtempSync(join(tmpdir(), 'inkling-gpu-'));
  const resolve = `export const resolve = (name, context, next) => name === 'webgpu'
    ? { url: ${JSON.stringify(pathToFileURL(join(PACKAGE, 'index.js')).href)}, shortCircuit: true } : next(name, context);`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(urlOf(resolve))});`;
  try {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', urlOf(register), '--input-type=module', '--eval', program],
      {
        cwd: ROOT,
        encoding: 'utf8',
        env: {
          ...process.env,
          LD_LIBRARY_PATH: CHROMIUM,
          VK_ICD_FILENAMES: DRIVER,
          XDG_RUNTIME_DIR: runtimeFolder,
        },
      },
    );
    if (status !== 0) throw new Error(`expected exit code 0, got ${status}: ${stderr}`);
    // Dawn prints errors of its own before.
    return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  } finally {
    rmSync(runtimeFolder, { recursive: true });
  }
}

function urlOf(code: string): string {
  return `data:text/javascript,${encodeURIComponent(code)}`;
}
