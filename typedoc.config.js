import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8'));
const sourceOf = (types) => types.replace('./dist/', 'src/').replace('.d.ts', '.ts');

/** The API reference: of every entry point of the package, each of whose exports must be documented. */
export default {
  name: 'Inkling',
  entryPoints: [...new Set(Object.values(exports).flatMap(({ types = [] }) => types))].map(sourceOf),
  plugin: ['./scripts/describeDocs.js'],
  out: 'build/api',
  readme: 'docs/library.md',
  includeVersion: true,
  excludeExternals: true,
  disableSources: true,
  // Which class of errors is thrown.
  preservedTypeAnnotationTags: ['@throws'],
  // npm run check compiles the sources anyway.
  skipErrorChecking: true,
  validation: { notDocumented: true, notExported: false, invalidLink: true },
  requiredToBeDocumented: [
    'Module',
    'Namespace',
    'Class',
    'Function',
    'Interface',
    'TypeAlias',
    'Variable',
    'Enum',
  ],
  treatValidationWarningsAsErrors: true,
  logLevel: 'Warn',
};
