/**
 * A plugin for TypeDoc: documents layers, settings, and the fields of schemas with the descriptions that the code gives them, as the
 * help of commands and docs/models.md do, and names parameters that the code takes apart.
 */
import { Comment, Converter, ReflectionKind } from 'typedoc';
import ts from 'typescript';

export function load(app) {
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    if (reflection.comment !== undefined) return;
    const declaration = context.getSymbolFromReflection(reflection)?.declarations?.[0];
    const value = declaration && 'initializer' in declaration ? declaration.initializer : undefined;
    if (value === undefined) return;
    const text = descriptionOf(value, context.checker);
    if (text !== undefined) reflection.comment = new Comment([{ kind: 'text', text }]);
    reflection.defaultValue = defaultOf(value, context.checker) ?? reflection.defaultValue;
  });
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const parameter of project.getReflectionsByKind(ReflectionKind.Parameter)) {
      if (parameter.name === '__namedParameters') parameter.name = parameterName(parameter.type);
    }
    for (const { comment } of project.getReflectionsByKind(ReflectionKind.CallSignature)) {
      for (const tag of comment?.blockTags ?? [])
        tag.typeAnnotation = tag.typeAnnotation?.replace(/[{}]/g, '');
    }
  });
}

/** `options` for options, otherwise the name of the type, such as `savedModel`. */
function parameterName({ type, name = '' }) {
  if (type !== 'reference' || /Options$|^(Pick|Omit)$/.test(name)) return 'options';
  return name[0].toLowerCase() + name.slice(1);
}

/** The text of `schema.describe(TEXT)`, `schema.register(…, { help: TEXT })`, or `define(NAME, { description: TEXT })`. */
function descriptionOf(value, checker) {
  if (!ts.isCallExpression(value)) return undefined;
  const { expression, arguments: args } = value;
  const method = ts.isPropertyAccessExpression(expression) ? expression.name.text : undefined;
  if (method === 'describe') return textOf(args[0], checker);
  const described = args.flatMap(propertiesOf)[0];
  if (method === undefined || described !== undefined) return textOf(described, checker);
  return descriptionOf(expression.expression, checker);
}

/** The default in `z._default(SCHEMA, VALUE)`, on which methods may be called. */
function defaultOf(value, checker) {
  for (let call = value; ts.isCallExpression(call); call = call.expression.expression) {
    if (!ts.isPropertyAccessExpression(call.expression)) return undefined;
    if (call.expression.name.text !== '_default') continue;
    const type = checker.getTypeAtLocation(call.arguments[1]);
    return type.isLiteral() ? JSON.stringify(type.value) : call.arguments[1].getText();
  }
  return undefined;
}

/** The value of the property `description` or `help`, if there is one. */
function propertiesOf(value) {
  if (!ts.isObjectLiteralExpression(value)) return [];
  const isDescription = (property) =>
    ts.isPropertyAssignment(property) && /^(description|help)$/.test(property.name.getText());
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
