/**
 * Generates the kernels' interface and compiles the AssemblyScript kernels twice: `fma.wasm` with relaxed SIMD, whose
 * multiply-add rounds once, and `simd.wasm` for hosts without it. Does nothing if the sources have not changed since the last
 * build.
 */
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import asc from 'assemblyscript/asc';
import { generate, kernelFiles } from './generate.js';

const SOURCES = 'src/kernels/wasm/assembly';
const TARGET = 'dist/kernels/wasm';
/** Not kernels, but must be exported too: functions that are not to be inlined, and variables. */
const EXPORTED = ['tile', 'winograd/points'].map((name) => `${SOURCES}/lib/${name}.ts`);
/** The largest memory that WebAssembly can address, in pages of 64 KiB; a shared memory must declare a maximum. */
const MAX_PAGES = 65536;

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
  `--maximumMemory=${MAX_PAGES}`,
];

/** When a file last changed, or 0 if it does not exist. */
function changed(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function compile(name, extra) {
  const outFile = `${TARGET}/${name}.wasm`;
  const sources = readdirSync(SOURCES, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const inputs = ['scripts/build-kernels.js', ...sources.map((file) => `${SOURCES}/${file}`)];
  if (inputs.every((input) => changed(input) < changed(outFile))) return;
  const { error, stderr } = await asc.main([
    ...kernelFiles(),
    ...EXPORTED,
    ...OPTIONS,
    ...extra,
    `--outFile=${outFile}`,
  ]);
  if (error) throw new Error(`${name}: ${error.message}\n${stderr.toString()}`);
}

generate();
mkdirSync(TARGET, { recursive: true });
await compile('fma', ['--enable=relaxed-simd']);
await compile('simd', []);
