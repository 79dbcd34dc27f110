import ts from 'typescript';
import type { Plugin } from 'vite';

const DOCUMENTED = /\/dist\/(layers|models|plan|predict|train)\/[\w/]+\.js$/;
const LAYERS = /\/dist\/layers\//;
const PRESETS = /\/dist\/models\/presets\//;

/** What only documents and PyTorch scripts need of a kind of layer. */
const PARTS_FOR_DOCUMENTS = ['description', 'torchModule'];

/** A part of a text that is to be removed. */
interface Cut {
  readonly start: number;
  readonly end: number;
}

/**
 * Removes from bundles for browsers what only documents of this repository and the command line read: the descriptions and defaults of
 * fields and presets, the help for flags, and parts of the definitions of layers.
 */
export function dropDocumentation(): Plugin {
  return {
    name: 'drop-documentation',
    enforce: 'pre',
    transform(code, id) {
      if (!DOCUMENTED.test(id)) return undefined;
      const parts = LAYERS.test(id) ? PARTS_FOR_DOCUMENTS : PRESETS.test(id) ? ['description'] : [];
      return withoutDocumentation(code, parts);
    },
  };
}

/** @param parts the names of properties to remove from all object literals */
function withoutDocumentation(code: string, parts: readonly string[]): string {
  const cuts: Cut[] = [];
  const visit = (node: ts.Node): void => {
    const cut = ts.isCallExpression(node) ? documentingArguments(node) : undefined;
    if (cut !== undefined) cuts.push(cut);
    if (ts.isObjectLiteralElementLike(node) && parts.includes(node.name?.getText() ?? '')) {
      cuts.push({
        start: node.getFullStart(),
        end: code.indexOf(',', node.end) === node.end ? node.end + 1 : node.end,
      });
      return;
    }
    ts.forEachChild(node, (child) => {
      if (cut === undefined || child.end <= cut.start) visit(child);
    });
  };
  visit(ts.createSourceFile('module.js', code, ts.ScriptTarget.Latest, true));
  return cuts
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end), code);
}

/** The arguments of `describe(…)`, of `schema.register(…)`, and of `optional(schema, …)` after the schema. */
function documentingArguments({ expression, arguments: given }: ts.CallExpression): Cut | undefined {
  const name = ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText();
  const isOwnOptional = ts.isIdentifier(expression) && name === 'optional';
  if (given.length === 0 || !(name === 'describe' || name === 'register' || isOwnOptional)) return undefined;
  return { start: isOwnOptional ? given[0].end : given.pos, end: given.end };
}
