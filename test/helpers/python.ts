import { spawnSync } from 'node:child_process';

/** Why tests that need PyTorch are skipped. */
export const noTorch =
  'no PyTorch: neither INKLING_BENCH_PYTHON, python3, nor /usr/bin/python3 can import torch';

function runPython(python: string, argv: readonly string[], folder: string) {
  return spawnSync(python, argv, { cwd: folder, encoding: 'utf8', timeout: 120_000 });
}

/** Why tests that need Optuna are skipped. */
export const noOptuna =
  'no Optuna: neither INKLING_BENCH_PYTHON, python3, nor /usr/bin/python3 can import optuna';

/** A Python interpreter with a module; undefined if there is none. */
export function findPython(module: string): string | undefined {
  const { INKLING_BENCH_PYTHON: chosen } = process.env;
  return [...(chosen === undefined ? [] : [chosen]), 'python3', '/usr/bin/python3'].find(
    (python) => runPython(python, ['-c', `import ${module}`], '/').status === 0,
  );
}

/** A Python interpreter with PyTorch; undefined if there is none. */
export function findTorch(): string | undefined {
  return findPython('torch');
}

/** The output of a Python program. */
export function runPythonProgram(python: string, argv: readonly string[], folder: string): string {
  const { status, stdout, stderr } = runPython(python, argv, folder);
  if (status !== 0) throw new Error(`${argv.join(' ')} exited with ${status}: ${stderr}`);
  return stdout;
}
