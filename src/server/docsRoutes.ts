import type { FastifyPluginAsync } from 'fastify';
import type { Shape } from '../core/shape.js';
import { openApiDocument } from './openapi.js';

/** The page needs its own style and nothing else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
  body { max-width: 48rem; margin: 2rem auto; padding: 0 1rem }
  pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: .5rem }
  h2 { margin: 2rem 0 0; font-size: 1.1rem } h2 code { font-size: 1.1rem } dt { font-weight: 600 } dd { margin: 0 0 .25rem 1.5rem }
`;

const EXAMPLES = `curl --data-binary @seven.png -H 'Content-Type: image/png' ADDRESS/v1/predict
curl -F file=@one.jpg -F file=@two.jpg ADDRESS/v1/predict
curl -H 'Content-Type: application/json' -d '{"pixels": [0, 0.5, 1, ...]}' ADDRESS/v1/predict?top=3`;

/** `/openapi.json`, and `/docs`, a page that shows it. */
export function docsRoutes(shape: Shape): FastifyPluginAsync {
  const document = openApiDocument(shape);
  return (server) => {
    server.get('/openapi.json', () => document);
    server.get('/docs', ({ protocol, host }, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('content-security-policy', POLICY)
        .header('x-content-type-options', 'nosniff')
        .send(docsPage(document, `${protocol}://${host}`)),
    );
    return Promise.resolve();
  };
}

type OpenApiDocument = ReturnType<typeof openApiDocument>;

function docsPage({ info, paths, components }: OpenApiDocument, address: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${info.title}: what programs can ask</title>
<style>${STYLE}</style>
<main>
<h1>What programs can ask</h1>
<p>Version ${info.version}. The same for programs: <a href="/openapi.json">openapi.json</a>.</p>
<pre><code>${escape(EXAMPLES.replaceAll('ADDRESS', address))}</code></pre>
${Object.entries(paths).map(operationsOf).join('\n')}
<h2>Bodies</h2>
<pre><code>${escape(JSON.stringify(components.schemas, null, 2))}</code></pre>
</main>
</html>
`;
}

interface Operation {
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly description: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

function operationsOf([path, operations]: [string, Readonly<Record<string, Operation>>]): string {
  return Object.entries(operations)
    .map(
      ([method, { summary, parameters = [], responses }]) => `<section>
<h2><code>${method.toUpperCase()} ${escape(path)}</code></h2>
<p>${escape(summary)}.</p>
<dl>${parameters.map(({ name, description }) => term(`?${name}`, description)).join('')}${Object.entries(
        responses,
      )
        .map(([status, { description }]) => term(status, description))
        .join('')}</dl>
</section>`,
    )
    .join('\n');
}

function term(name: string, description: string): string {
  return `<dt>${escape(name)}</dt><dd>${escape(description)}</dd>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
