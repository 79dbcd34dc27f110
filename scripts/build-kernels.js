/**
 * Compiles the AssemblyScript kernels twice: `fma.wasm` with relaxed SIMD, whose multiply-add rounds once, and
 * `simd.wasm` for hosts without it. Nothing is done when the sources have not changed since.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const SOURCES = 'src/kernels/wasm/assembly';
const TARGET = 'dist/kernels/wasm';
/** The largest memory WebAssembly can address, in pages of 64 KiB; a shared memory must name a limit. */
const MAXIMUM_PAGES = 65536;

const OPTIONS = [
  '--optimizeLevel=3',
  '--shrinkLevel=0',
  '--converge',
  '--noAssert',
  '--runtime=stub',
  '--use=Math=JSMath',
  '--enable=simd,threads',
  '--importMemory',
  '--noExportMemory',
  '--sharedMemory',
  `--maximumMemory=${MAXIMUM_PAGES}`,
];

/** The time of the last change, or 0 for a file that is not there. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function compile(name, extra) {
  const outFile = `${TARGET}/${name}.wasm`;
  const inputs = ['scripts/build-kernels.js', ...readdirSync(SOURCES).map((file) => `${SOURCES}/${file}`)];
  if (inputs.every((input) => changed(input) < changed(outFile))) return;
  const { error, stderr } = await asc.main([
    `${SOURCES}/index.ts`,
    ...OPTIONS,
    ...extra,
    `--outFile=${outFile}`,
  ]);
  if (error) throw new Error(`${name}: ${error.message}\n${stderr.toString()}`);
}

mkdirSync(TARGET, { recursive: true });
await compile('fma', ['--enable=relaxed-simd']);
await compile('simd', []);
