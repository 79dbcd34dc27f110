/** The text labels of a rendered chart, and the descriptions of its marks. */
export function textOf(svg: string): { labels: string[]; marks: string[] } {
  const labels = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  const marks = [...svg.matchAll(/aria-label="([^"]*)" role="graphics-symbol"/g)].map(([, text]) => text);
  return { labels, marks };
}
