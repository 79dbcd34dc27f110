/** The reference of the HTTP API, from the server's OpenAPI document. */
import { table } from './markdown.js';
import { importSource } from './source.js';

/** The input shape of the bundled model. */
const SHAPE = [28, 28, 1];
/** Schemas that are files of a run folder, which another document describes. */
const RUN_FILES = { Config: 'config.json', RunSummary: 'summary.json' };

const module = await importSource('server/openapi/document.ts');
const { paths, components } = module.openApiDocument(SHAPE);

export function httpRoutes() {
  return Object.entries(paths)
    .flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) =>
        routeSection(`${method.toUpperCase()} ${path}`, operation),
      ),
    )
    .join('\n\n');
}

export function httpErrors() {
  return responseTable(Object.entries(module.commonResponses));
}

export function httpSchemas() {
  return Object.entries(components.schemas)
    .map(([name, schema]) => `### ${name}\n\n${schemaText(name, schema)}`)
    .join('\n\n');
}

function routeSection(title, { summary, description, parameters = [], requestBody, responses }) {
  const own = Object.entries(responses).filter(([status]) => !(status in module.commonResponses));
  return [
    `### ${title}`,
    `${summary}.${description ? ` ${description}` : ''}`,
    parameters.length > 0 && parameterTable(parameters),
    requestBody && bodyTable(requestBody),
    responseTable(own),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function parameterTable(parameters) {
  return table(
    ['parameter', 'in', 'type', 'default', 'description'],
    parameters.map(({ name, in: where, schema, description }) => [
      `\`${name}\``,
      where,
      typeOf(schema),
      schema.default === undefined ? '' : `\`${schema.default}\``,
      description,
    ]),
  );
}

function bodyTable({ content }) {
  return table(
    ['content type', 'body'],
    Object.entries(content).map(([type, { schema }]) => [`\`${type}\``, bodyText(schema)]),
  );
}

function bodyText(schema) {
  const { $ref, type, properties } = schema;
  if ($ref) return typeOf(schema);
  if (type === 'string') return 'an image file';
  const [[name, { items, description }]] = Object.entries(properties);
  return items.format === 'binary'
    ? `image files, in fields of any name`
    : `\`{"${name}": […]}\`: ${description}`;
}

function responseTable(responses) {
  return table(
    ['status', 'body', 'when'],
    responses.map(([status, { description, content = {}, headers = {} }]) => [
      status,
      Object.entries(content)
        .map(([type, { schema }]) => (schema?.$ref ? typeOf(schema) : `\`${type}\``))
        .join(', '),
      [description, ...Object.keys(headers).map((header) => `With the header \`${header}\`.`)].join(' '),
    ]),
  );
}

function schemaText(name, { properties, required = [] }) {
  if (name in RUN_FILES) return `The content of \`${RUN_FILES[name]}\` in a [run folder](runs.md).`;
  return table(
    ['field', 'type', 'description'],
    Object.entries(properties).map(([field, schema]) => [
      required.includes(field) ? `\`${field}\`` : `\`${field}\`, optional`,
      typeOf(schema),
      schema.description ?? '',
    ]),
  );
}

function typeOf({
  $ref,
  type,
  items,
  prefixItems,
  enum: choices,
  const: constant,
  minimum,
  maximum,
  properties,
  additionalProperties,
}) {
  if ($ref) {
    const name = $ref.split('/').at(-1);
    return `[${name}](#${name.toLowerCase()})`;
  }
  if (constant !== undefined) return `\`${JSON.stringify(constant)}\``;
  if (choices) return choices.map((choice) => `\`${choice}\``).join(', ');
  if (prefixItems) return `array of ${prefixItems.length} ${prefixItems[0].type}s`;
  if (type === 'array') {
    const inner = typeOf(items);
    if (inner === '') return 'array';
    return `array of ${items.$ref ? inner : inner.replace(/^\w+/, '$&s')}`;
  }
  if (properties)
    return `object with ${Object.keys(properties)
      .map((key) => `\`${key}\``)
      .join(', ')}`;
  if (type === 'object')
    return additionalProperties ? `object, each value: ${typeOf(additionalProperties)}` : 'object';
  return [type, rangeText(minimum, maximum)].filter(Boolean).join(' ');
}

function rangeText(minimum = -Infinity, maximum = Infinity) {
  const [isLow, isHigh] = [minimum > Number.MIN_SAFE_INTEGER, maximum < Number.MAX_SAFE_INTEGER];
  if (isLow && isHigh) return `from ${minimum} to ${maximum}`;
  return isLow ? `≥ ${minimum}` : '';
}
