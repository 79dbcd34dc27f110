import type { FastifyPluginAsync } from 'fastify';
import type { Shape } from '../core/shape.js';
import { commonResponses, type OpenApiDocument, openApiDocument } from './openapi/document.js';
import type { Operation, PathItem } from './openapi/elements.js';

/** The page needs only its own style. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
  pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem }
  h2 { margin: 2rem 0 0; font-size: 1.1rem } h2 code { font-size: 1.1rem } p { margin: .25rem 0 }
  dt { font-weight: 600 } dd { margin: 0 0 .25rem 1.5rem }
`;

const EXAMPLES = `curl --data-binary @seven.png -H 'Content-Type: image/png' ADDRESS/v1/predict
curl -F file=@one.jpg -F file=@two.jpg ADDRESS/v1/predict
curl -H 'Content-Type: application/json' -d '{"pixels": [0, 0.5, 1, ...]}' 'ADDRESS/v1/predict?top=3'`;

/** `/openapi.json`: the description of the HTTP API. `/docs`: the same as a page. */
export function docsRoutes(shape: Shape): FastifyPluginAsync {
  const document = openApiDocument(shape);
  return (server) => {
    server.get('/openapi.json', () => document);
    server.get('/docs', ({ protocol, host }, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', POLICY)
        .header('referrer-policy', 'no-referrer')
        .send(docsPage(document, `${protocol}://${host}`)),
    );
    return Promise.resolve();
  };
}

function docsPage({ info, paths, components }: OpenApiDocument, address: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${info.title} HTTP API</title>
<style>${STYLE}</style>
<main>
<h1>${info.title} HTTP API</h1>
<p>Version ${info.version}. The same description in the OpenAPI format: <a href="/openapi.json">openapi.json</a>.</p>
<pre><code>${escape(EXAMPLES.replaceAll('ADDRESS', address))}</code></pre>
${Object.entries(paths).map(sectionsOf).join('\n')}
<section>
<h2>Errors that every route can return</h2>
<dl>${Object.entries(commonResponses).map(responseItem).join('')}</dl>
</section>
<h2>Schemas</h2>
<details>
<summary>Request and response bodies as JSON Schema</summary>
<pre><code>${escape(JSON.stringify(components.schemas, null, 2))}</code></pre>
</details>
</main>
</html>
`;
}

function sectionsOf([path, item]: [string, PathItem]): string {
  return Object.entries(item)
    .map(([method, operation]) => sectionOf(`${method.toUpperCase()} ${path}`, operation))
    .join('\n');
}

function sectionOf(title: string, { summary, description, parameters = [], responses }: Operation): string {
  const own = Object.entries(responses).filter(([status]) => !(status in commonResponses));
  return `<section>
<h2><code>${escape(title)}</code></h2>
<p>${escape(summary)}.${description === undefined ? '' : ` ${escape(description)}`}</p>
<dl>${parameters.map((parameter) => item(parameter.name, parameter.description)).join('')}${own.map(responseItem).join('')}</dl>
</section>`;
}

function responseItem([status, { description }]: [string, { readonly description: string }]): string {
  return item(status, description);
}

function item(name: string, description: string): string {
  return `<dt>${escape(name)}</dt><dd>${escape(description)}</dd>`;
}

/** Text as HTML; code between backticks is marked as such. */
function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
    .replace(/`([^`]+)`/g, '<code>$1</code>');
}
