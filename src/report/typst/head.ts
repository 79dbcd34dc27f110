import type { ReportDocument } from '../document.js';
import type { Logo } from '../input/logo.js';
import { literal } from './literal.js';
import { writeText } from './text.js';

/** The path of the logo in the compiler's file system. */
export function pathOfLogo({ format }: Logo): string {
  return `/logo.${format}`;
}

/** What comes before the first section: on pages of their own, or above it. */
export function writeHead(document: ReportDocument): string[] {
  const { title, metadata, notices, abstract, hasTitlePage } = document;
  const cells = metadata.map(({ label, value }) => `[#${literal(label)};], [${writeText(value)}], `);
  const parts = [
    ...notices.map((notice) => `#notice[${writeText(notice)}]`),
    `#abstract[${writeText(abstract)}]`,
  ];
  if (!hasTitlePage) {
    return [
      `#head(${literal(title)}, (${bylineOf(document)}), (${cells.join('')}), ${logoOf(document)})`,
      ...parts,
    ];
  }
  return [
    `#title-page(${literal(title)}, (${bylineOf(document)}), ${logoOf(document)})[`,
    ...parts,
    `#facts((${cells.join('')}))]`,
    '#contents',
  ];
}

function bylineOf({ authors, affiliation, course, institution, date }: ReportDocument): string {
  const lines = [
    authors.length === 0 ? undefined : authors.join(', '),
    affiliation,
    course === undefined ? undefined : `Course: ${course}`,
    institution,
    date,
  ];
  return lines
    .filter((line) => line !== undefined)
    .map((line) => `${literal(line)}, `)
    .join('');
}

function logoOf({ logo }: ReportDocument): string {
  return logo === undefined ? 'none' : `image(${literal(pathOfLogo(logo))}, height: 2.4cm, fit: "contain")`;
}
