import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const examples = ['README.md', 'docs/library.md'].flatMap((file) =>
  [...readFileSync(join(ROOT, file), 'utf8').matchAll(/```ts\n([^]*?)```/g)].map(
    ([, code], index) => [`${file}, example ${index + 1}`, code] as const,
  ),
);

// Inside the package, where its own name resolves.
mkdirSync(join(ROOT, 'build'), { recursive: true });
const folder = mkdtempSync(join(ROOT, 'build', 'docs-'));

/** Imports the examples one after the other, in one process, which loads the library once, and writes why some fail. */
const runner = `
import { writeFileSync } from 'node:fs';
const failures = {};
for (let index = 0; index < ${examples.length}; index++) {
  await import('./example' + index + '.mjs').catch((error) => { failures[index] = String(error.stack); });
}
writeFileSync('failures.json', JSON.stringify(failures));
`;

let failures: Partial<Record<number, string>>;
let ended: { status: number | null; stderr: string };

beforeAll(() => {
  examples.forEach(([, code], index) => {
    const { outputText } = ts.transpileModule(code, {
      compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
    });
    writeFileSync(join(folder, `example${index}.mjs`), outputText);
  });
  writeFileSync(join(folder, 'runner.mjs'), runner);
  const { status, stderr } = spawnSync(process.execPath, ['runner.mjs'], { cwd: folder, encoding: 'utf8' });
  ended = { status, stderr };
  failures = JSON.parse(readFileSync(join(folder, 'failures.json'), 'utf8')) as typeof failures;
});

test.each(examples.map(([name], index) => [name, index] as const))('%s runs', (_, index) => {
  expect(failures[index]).toBeUndefined();
});

test('the program of all examples ends by itself, and complains about nothing', () => {
  expect(ended).toEqual({ status: 0, stderr: '' });
});

test('every example type-checks', () => {
  const files = examples.map(([, code], index) => {
    const file = join(folder, `example${index}.ts`);
    writeFileSync(file, code);
    return file;
  });
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (name) => ts.sys.readFile(name)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noEmit: true, incremental: false, tsBuildInfoFile: undefined },
    ROOT,
  );
  const program = ts.createProgram(files, { ...options, noUnusedLocals: false, rootDir: ROOT });
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  expect(problems).toEqual([]);
});
