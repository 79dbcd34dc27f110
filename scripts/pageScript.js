/** Joins the script of reports, in `src/report/interactive`, to one text. Its modules import only each other. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import ts from 'typescript';

const FOLDER = 'src/report/interactive';

/** The TypeScript of a module that exports the script, `script`. */
export function pageScript() {
  const code = modulesFrom('main.ts').map(plainScript).join('');
  if (/<\/|<!--/.test(code))
    throw new Error(`${FOLDER}: expected nothing that ends a script in HTML, got it`);
  new Script(code);
  return `/** The script of a report, which adds to a page what needs one. */
export const script = ${JSON.stringify(`(() => {\n${code}})();\n`)};
`;
}

/** A module after all that it imports. */
function modulesFrom(name, found = new Set()) {
  const text = readFileSync(join(FOLDER, name), 'utf8');
  for (const [, file] of text.matchAll(/ from '\.\/(.+)\.js';$/gm)) modulesFrom(`${file}.ts`, found);
  found.add(name);
  return [...found];
}

/** Without types, comments, imports, and exports; names are unique in the folder, or the script would not parse. */
function plainScript(name) {
  const { outputText } = ts.transpileModule(readFileSync(join(FOLDER, name), 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2020,
      removeComments: true,
    },
  });
  return outputText
    .replace(/^import .*;\n/gm, '')
    .replace(/^export /gm, '')
    .replace(/^ {4,}/gm, (spaces) => ' '.repeat(spaces.length / 4));
}
