/**
 * A plugin for TypeDoc: documents layers and the fields of schemas with the descriptions that the code gives them, as the help of
 * commands and docs/models.md do.
 */
import { Comment, Converter } from 'typedoc';
import ts from 'typescript';

export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.comment !== undefined) return;
    const declaration = context.getSymbolFromReflection(reflection)?.declarations?.[0];
    const value = declaration && 'initializer' in declaration ? declaration.initializer : undefined;
    const text = value && descriptionOf(value, context.checker);
    if (text !== undefined) reflection.comment = new Comment([{ kind: 'text', text }]);
  });
}

/** The text of `schema.describe(TEXT)`, or of `define(NAME, { description: TEXT })`. */
function descriptionOf(value, checker) {
  if (!ts.isCallExpression(value)) return undefined;
  const { expression, arguments: args } = value;
  if (!ts.isPropertyAccessExpression(expression)) return textOf(args.flatMap(propertiesOf)[0], checker);
  return expression.name.text === 'describe'
    ? textOf(args[0], checker)
    : descriptionOf(expression.expression, checker);
}

/** The value of the property `description`, if there is one. */
function propertiesOf(value) {
  if (!ts.isObjectLiteralExpression(value)) return [];
  const isDescription = (property) =>
    ts.isPropertyAssignment(property) && property.name.getText() === 'description';
  return value.properties.filter(isDescription).map(({ initializer }) => initializer);
}

/** The text of a string, a template, or a sum of both, whose numbers are constants. */
function textOf(value, checker) {
  if (value === undefined) return undefined;
  if (ts.isStringLiteralLike(value) || ts.isTemplateHead(value) || ts.isTemplateMiddleOrTemplateTail(value))
    return value.text;
  const parts = partsOf(value);
  if (parts.length > 0) {
    const texts = parts.map((part) => textOf(part, checker));
    return texts.includes(undefined) ? undefined : texts.join('');
  }
  const type = checker.getTypeAtLocation(value);
  return type.isLiteral() ? String(type.value) : undefined;
}

function partsOf(value) {
  if (ts.isBinaryExpression(value)) return [value.left, value.right];
  if (!ts.isTemplateExpression(value)) return [];
  return [value.head, ...value.templateSpans.flatMap(({ expression, literal }) => [expression, literal])];
}
