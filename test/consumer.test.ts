import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('..', import.meta.url));
const manifest = z
  .object({
    dependencies: z.record(z.string(), z.string()),
    exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string() })])),
  })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

const folder = mkdtempSync(join(tmpdir(), 'inkling-consumer-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

// An installation for production: the declarations, and only the packages on which they may depend.
install('inkling');
for (const name of [...Object.keys(manifest.dependencies), '@types/node', 'undici-types']) link(name);
const entries = Object.keys(manifest.exports).filter((path) => typeof manifest.exports[path] === 'object');
writeFileSync(
  join(folder, 'main.ts'),
  entries.map((path, i) => `export * as entry${i} from 'inkling${path.slice(1)}';`).join('\n'),
);
writeFileSync(
  join(folder, 'page.ts'),
  `import { type Classifier, encodeCheckpoint, encodeOnnx } from 'inkling';
   export const files = ({ saved }: Classifier) => new Blob([encodeCheckpoint(saved), encodeOnnx(saved)]);`,
);
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');

const BROWSER = { lib: ['lib.es2023.d.ts', 'lib.dom.d.ts'], types: [] };
const NODE = { lib: ['lib.es2023.d.ts'], types: ['node'] };

test.each([
  {
    name: 'node16',
    module: ts.ModuleKind.Node16,
    resolution: ts.ModuleResolutionKind.Node16,
    platform: BROWSER,
  },
  {
    name: 'nodenext',
    module: ts.ModuleKind.NodeNext,
    resolution: ts.ModuleResolutionKind.NodeNext,
    platform: NODE,
  },
  {
    name: 'bundler',
    module: ts.ModuleKind.ESNext,
    resolution: ts.ModuleResolutionKind.Bundler,
    platform: BROWSER,
  },
])(
  'the declarations of every entry compile with the module resolution $name',
  ({ module, resolution, platform }) => {
    const files = platform === BROWSER ? ['main.ts', 'page.ts'] : ['main.ts'];
    const program = ts.createProgram(
      files.map((file) => join(folder, file)),
      {
        module,
        moduleResolution: resolution,
        target: ts.ScriptTarget.ES2022,
        ...platform,
        typeRoots: [join(folder, 'node_modules', '@types')],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
      },
    );
    const checked = program
      .getSourceFiles()
      .filter(({ fileName }) => /(main|page)\.ts$|\/inkling\/dist\//.test(fileName));
    expect(checked.length).toBeGreaterThan(10);
    const diagnostics = [
      ...program.getOptionsDiagnostics(),
      ...checked.flatMap((file) => program.getSemanticDiagnostics(file)),
    ];
    const messages = diagnostics.map(
      ({ file, messageText }) =>
        `${file?.fileName ?? ''}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
    );
    expect(messages).toEqual([]);
  },
);

function install(name: string): void {
  const target = join(folder, 'node_modules', name);
  cpSync(join(root, 'package.json'), join(target, 'package.json'));
  cpSync(join(root, 'dist'), join(target, 'dist'), {
    recursive: true,
    filter: (path) => !/\.(js|map|wasm|tsbuildinfo)$/.test(path),
  });
}

function link(name: string): void {
  const target = join(folder, 'node_modules', name);
  mkdirSync(dirname(target), { recursive: true });
  symlinkSync(join(root, 'node_modules', name), target, 'junction');
}
