import { Script } from 'node:vm';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeReport } from '#inkling/report/content/report.js';
import type { ReportDocument } from '#inkling/report/document.js';
import { figuresOf, referenceLabels } from '#inkling/report/structure.js';
import { drawFigures } from '#inkling/report/draw/drawings.js';
import { CLASSIFIER_TEXTS, embedNetwork } from '#inkling/report/html/network.js';
import { renderPage } from '#inkling/report/html/page.js';
import { script } from '#inkling/report/html/generated/script.js';
import type { OfflineTemplates } from '../../../src/lab/try/export/offline/offlineTexts.js';
import { renamed, trainForReport } from '../../helpers/reportRuns.js';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.Node;

const runs = trainForReport();

/** All elements of a page and the errors in its markup. */
function read(html: string) {
  const errors: string[] = [];
  const page = parse(html, { onParseError: ({ code }) => errors.push(code) });
  const elements: Element[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) elements.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(page);
  const all = (name: string) => elements.filter(({ tagName }) => tagName === name);
  return { errors, elements, all };
}

const attribute = ({ attrs }: Element, name: string): string | undefined =>
  attrs.find((each) => each.name === name)?.value;

function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

describe('a page', () => {
  let document: ReportDocument;
  let html: string;
  let page: ReturnType<typeof read>;
  beforeAll(async () => {
    const { cnn, mlp } = runs();
    document = makeReport([cnn, mlp]);
    html = renderPage(document, await drawFigures(document));
    page = read(html);
  });

  test('is well-formed and small', () => {
    expect(page.errors).toEqual([]);
    expect(html.length).toBeLessThan(3_000_000);
    expect(page.all('h1').map(textOf)).toEqual([document.title]);
    // The abstract and the contents are before the sections, and the list of references is between these and the appendices.
    expect(page.all('h2')).toHaveLength(2 + document.sections.length + 1 + document.appendices.length);
  });

  test('labels every figure and table in its caption and has alternative text', () => {
    const captions = page.all('figcaption').map((caption) => textOf(caption).split('.')[0]);
    expect(captions.toSorted()).toEqual(
      [...referenceLabels(document).values()]
        .filter((name) => /^(Figure|Table|Listing)/.test(name))
        .toSorted(),
    );
    const labels = page.all('svg').map((svg) => attribute(svg, 'aria-label'));
    for (const { altText, gallery = [] } of figuresOf(document)) {
      expect(labels).toContain(altText);
      for (const entry of gallery) expect(labels).toContain(entry.altText);
    }
  });

  test('has shapes in every figure', () => {
    for (const svg of page.all('svg')) {
      const shapes = svg.childNodes.filter((node) => 'tagName' in node);
      expect(shapes.length, attribute(svg, 'aria-label')).toBeGreaterThan(0);
    }
    expect(page.all('image').length).toBeGreaterThan(50);
  });

  test('has unique ids, and every link leads to one', () => {
    const ids = page.elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    const links = page.all('a').map((link) => attribute(link, 'href') ?? attribute(link, 'xlink:href') ?? '');
    expect(links.length).toBeGreaterThan(20);
    const inside = links.filter(
      (link) => !/^https:\/\/(doi\.org|icml\.cc|jmlr\.org|www\.jstor\.org)\//.test(link),
    );
    expect(inside.filter((link) => !link.startsWith('#') || !ids.includes(link.slice(1)))).toEqual([]);
  });

  test('links the cells of the confusion matrix to example images', () => {
    const [details] = page.all('details');
    const entries = page.all('section').filter((section) => attribute(section, 'class') === 'entry');
    expect(textOf(details)).toMatch(/^Example images for the cells of Figure \d+: /);
    const links = page
      .all('a')
      .flatMap((link) => attribute(link, 'href') ?? attribute(link, 'xlink:href') ?? []);
    for (const entry of entries) expect(links).toContain(`#${attribute(entry, 'id') ?? ''}`);
    const { confusion } = runs().cnn.test;
    expect(entries).toHaveLength(confusion.flat().filter((count) => count > 0).length);
  });

  test('loads no external resources', () => {
    const isLinkToWork = ({ tagName, attrs }: Element) =>
      tagName === 'a' && attrs.some(({ value }) => value === 'noreferrer');
    const loading = page.elements.filter((element) => !isLinkToWork(element));
    const addresses = loading.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => /^(src|href|xlink:href|action|data)$/.test(name)).map(({ value }) => value),
    );
    expect(addresses.filter((address) => !/^#|^data:image\/png;base64,/.test(address))).toEqual([]);
    expect(page.all('link')).toEqual([]);
    const style = page.all('style').map(textOf).join('');
    expect(style).not.toMatch(/url\(|@import/);
    const policy = page.all('meta').find((meta) => attribute(meta, 'http-equiv') !== undefined);
    expect(policy?.attrs.map(({ value }) => value).join()).toContain("default-src 'none'");
  });

  test('has a script that adds no content', () => {
    expect(page.all('script').map(textOf)).toEqual([script]);
    expect(script).not.toMatch(/<\/|fetch|XMLHttpRequest|import/);
    expect(() => new Script(script)).not.toThrow();
  });

  test('uses color names in every drawing, so that they follow the theme', () => {
    const colors = [...html.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, color]) => color);
    expect(colors.length).toBeGreaterThan(500);
    expect(colors.filter((color) => !/^(var\(--[a-zA-Z]+\)|none|transparent)$/.test(color))).toEqual([]);
  });
});

describe('the network of a page', () => {
  test('says everything that the program of the lab says', () => {
    // The types are compared.
    const texts: Omit<OfflineTemplates, 'title'> = CLASSIFIER_TEXTS;
    expect(Object.values(texts)).not.toContain('');
  });

  test('is embedded if it fits, and its names cannot end its script', () => {
    const { saved } = runs().cnn;
    const named = { ...saved, model: { ...saved.model, name: '</script><b>x' } };
    const { markup, isComplete } = embedNetwork(named, 'const x = "</script><!-- ";', []);
    expect(isComplete).toBe(true);
    const { errors, all } = read(`<!doctype html><title>x</title>${markup}`);
    expect(errors).toEqual([]);
    expect(all('b')).toEqual([]);
    const [texts, model, program] = all('script').map(textOf);
    expect(JSON.parse(texts)).toEqual({ ...CLASSIFIER_TEXTS, title: '</script><b>x' });
    expect(Buffer.from(model, 'base64').subarray(8, 9).toString()).toBe('{');
    expect(program).toBe(String.raw`const x = "<\/script><\!-- ";`);
  });

  test('is left out, which the page says, if the page would be larger than 3 MB', () => {
    const { markup, isComplete } = embedNetwork(runs().cnn.saved, 'x'.repeat(2_500_000), [
      'é'.repeat(300_000),
    ]);
    expect(isComplete).toBe(false);
    expect(markup).toMatch(
      /^<section id="try"><h2>Try the network<\/h2><p>The network is not part of this file, which would be larger than 3 MB with its weights \(0\.\d+ MB\)\.<\/p><\/section>$/,
    );
  });
});

test('names may contain any characters', async () => {
  const { cnn } = runs();
  const classes = [
    `<script>alert("1")</script>`,
    `"'&amp; #hash $x$ \\back`,
    '</svg></style><!-- \u{1f600} \u202e',
  ];
  const title = `</title><script>x</script>\u0000\ud800`;
  const document = makeReport([renamed(cnn, classes)], {
    titles: { title, author: '<b>"me"</b>', affiliation: '&' },
  });
  const html = renderPage(document, await drawFigures(document));
  const { errors, all } = read(html);
  expect(errors).toEqual([]);
  expect(all('script')).toHaveLength(1);
  expect(all('b')).toEqual([]);
  expect(all('title').map(textOf)[0]).toBe('</title><script>x</script>\ufffd\ufffd');
  const cells = all('td').map(textOf);
  for (const name of classes) expect(cells).toContain(name.replace('\u202e', '\ufffd'));
  const marks = all('path').flatMap((path) => attribute(path, 'aria-label') ?? []);
  expect(marks.some((mark) => mark.startsWith(`${classes[0]} predicted as ${classes[1]}: `))).toBe(true);
  const labels = all('text').map(textOf);
  expect(labels.some((label) => label.startsWith('<script>'))).toBe(true);
});
