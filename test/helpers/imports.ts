import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import ts from 'typescript';

/** The text of source files, by their paths relative to `src`. */
export type Sources = ReadonlyMap<string, string>;

/** The imports of each file: files as paths relative to `src`, everything else as written. */
export type Imports = ReadonlyMap<string, readonly string[]>;

/** The folders of `src`: each may import from itself and from those before it. `node.ts` and `index.ts` may import from all of them. */
const ORDER = [
  'core',
  'vendor',
  'platform',
  'plan',
  'layers',
  'models',
  'kernels',
  'engine',
  'images',
  'data',
  'interop',
  'backbones',
  'predict',
  'explain',
  'export',
  'train',
  'runs',
  'sweep',
  'parity',
  'report',
  'components',
  'library',
  'server',
  'web',
  'cli',
  'node.ts',
  'index.ts',
  'lab',
];

/** All TypeScript files in a folder, except the kernels' AssemblyScript, which is a separate program. */
export function readSources(folder: string): Sources {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => /\.tsx?$/.test(name) && !name.startsWith('kernels/wasm/assembly/'));
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** All imports: static and dynamic ones, re-exports, and types. */
export function importsOf(sources: Sources): Imports {
  return new Map(
    [...sources].map(([file, text]) => [
      file,
      ts.preProcessFile(text).importedFiles.map(({ fileName }) => sourceOf(fileName, file, sources)),
    ]),
  );
}

/** The file that a relative or `#inkling` import resolves to, or the import as written. */
function sourceOf(fileName: string, importer: string, sources: Sources): string {
  const built = fileName.startsWith('.')
    ? posix.join(dirname(importer), fileName)
    : fileName.replace(/^#inkling\//, '');
  if (built === fileName) return fileName;
  const source = built.replace(/\.js$/, '.ts');
  return sources.has(`${source}x`) ? `${source}x` : source;
}

/** Imports from an earlier folder of a later one, and imports to or from a folder that is not in the order. */
export function importOrderViolations(imports: Imports): string[] {
  return edgesOf(imports)
    .filter(([from, to]) => {
      const [a, b] = [from, to].map((file) => ORDER.indexOf(file.split('/')[0]));
      return a === -1 || b === -1 || b > a || (to === 'index.ts' && !from.startsWith('lab/'));
    })
    .map(([from, to]) => `${from} imports ${to}`);
}

/** Import cycles, each once. */
export function cyclesOf(imports: Imports): string[] {
  const cycles: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start !== -1) cycles.push([...path.slice(start), file].join(' → '));
    if (start !== -1 || done.has(file)) return;
    for (const to of imports.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return cycles;
}

/** Modules that have a version of another kind, with the names that either of the two exports and the other does not. */
export function otherVersions(
  sources: Sources,
  kind: 'browser' | 'worker',
): ReadonlyMap<string, readonly string[]> {
  const exportsOf = (file: string) =>
    [...(sources.get(file) ?? '').matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)].map(
      ([, name]) => name,
    );
  const files = [...sources.keys()].filter((file) => sources.has(file.replace(/\.ts$/, `.${kind}.ts`)));
  return new Map(
    files.map((file) => {
      const [all, other] = [exportsOf(file), exportsOf(file.replace(/\.ts$/, `.${kind}.ts`))];
      return [file, [...all, ...other].filter((name) => all.includes(name) !== other.includes(name))];
    }),
  );
}

/** Files that import a module of Node.js itself. */
export function nodeUsers(imports: Imports): string[] {
  return [...imports]
    .filter(([, targets]) => targets.some((to) => to.startsWith('node:')))
    .map(([file]) => file);
}

const FILE_MODULE = /^(node:)?fs(\/promises)?$/;
/** The functions of Node.js that only read, besides `openSync` with the flag `r`. */
const READERS: readonly string[] = [
  ...['closeSync', 'createReadStream', 'existsSync', 'lstatSync', 'readdirSync', 'readFileSync'],
  ...[
    'readlinkSync',
    'readSync',
    'realpathSync',
    'statSync',
    'statfsSync',
    'fstatSync',
    'readFile',
    'readdir',
    'stat',
  ],
];

/** Files that use functions of `node:fs` or `node:fs/promises` that can change the disk, or could use them. */
export function diskWriters(sources: Sources): string[] {
  const candidates = [...sources].filter(([, text]) => /['"](node:)?fs(\/promises)?['"]/.test(text));
  return candidates.flatMap(([file, text]) => {
    let isWriter = false;
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
        if (isFileModule(node.moduleSpecifier)) isWriter ||= !importsOnlyReaders(node);
        return;
      }
      if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
        isWriter ||= isFileModule(node.arguments[0]);
      if (ts.isIdentifier(node) && node.text === 'openSync') isWriter ||= !opensForReading(node.parent);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    return isWriter ? [file] : [];
  });
}

function isFileModule(specifier: ts.Expression | undefined): boolean {
  return specifier !== undefined && ts.isStringLiteral(specifier) && FILE_MODULE.test(specifier.text);
}

function importsOnlyReaders(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return false;
  const bindings = node.importClause?.namedBindings;
  if (node.importClause?.name !== undefined || bindings === undefined || !ts.isNamedImports(bindings))
    return false;
  return bindings.elements.every(
    ({ isTypeOnly, name, propertyName }) =>
      isTypeOnly || (propertyName === undefined && [...READERS, 'openSync'].includes(name.text)),
  );
}

/** Whether a use of `openSync` is a call with the flag `r`. */
function opensForReading(parent: ts.Node): boolean {
  if (!ts.isCallExpression(parent)) return false;
  const flags = parent.arguments.at(1);
  return flags !== undefined && ts.isStringLiteral(flags) && flags.text === 'r';
}

/**
 * The imports in bundles for browsers, where modules are replaced by their versions for them.
 *
 * @param kinds of versions, of which the first that exists is used
 */
export function importsInBrowsers(imports: Imports, kinds: readonly string[] = ['browser']): Imports {
  const replaced = (file: string) => {
    const versions = kinds.map((kind) => file.replace(/\.ts$/, `.${kind}.ts`));
    return versions.find((version) => imports.has(version)) ?? file;
  };
  return new Map([...imports].map(([file, targets]) => [file, targets.map(replaced)]));
}

/** The files that some files import, directly or indirectly, including the files themselves. */
export function reachedFrom(imports: Imports, files: readonly string[]): Set<string> {
  const reached = new Set(files);
  for (const file of reached) imports.get(file)?.forEach((to) => imports.has(to) && reached.add(to));
  return reached;
}

/** Uses of `process.env`, `process.argv` and of `process` as a whole. */
export function processUses(sources: Sources): string[] {
  const candidates = [...sources].filter(([, text]) => text.includes('process'));
  return candidates.flatMap(([file, text]) => {
    const uses: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isIdentifier(node) && node.text === 'process') {
        const { parent } = node;
        const part =
          ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : '';
        if (['', 'env', 'argv'].includes(part))
          uses.push(`${file} uses ${part === '' ? 'process' : `process.${part}`}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
    return uses;
  });
}

function edgesOf(imports: Imports): [from: string, to: string][] {
  return [...imports].flatMap(([from, targets]) =>
    targets.filter((to) => /\.tsx?$/.test(to)).map((to): [string, string] => [from, to]),
  );
}
