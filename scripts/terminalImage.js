/**
 * Draws terminal output as an image: node scripts/terminalImage.js TRANSCRIPT IMAGE.svg
 *
 * The transcript is plain text, as a command prints it to a pipe.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [transcript, image] = process.argv.slice(2);
const LINE_HEIGHT = 18;
const CHARACTER_WIDTH = 7.85;
const MARGIN = 20;

const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Headings are bold, and the word `best` is green. */
function draw(line, index) {
  const y = MARGIN + (index + 1) * LINE_HEIGHT;
  const style = /^(Training|Comparison|\$)/.test(line) ? ' class="heading"' : '';
  const text = escape(line).replace(/ best$/, ' <tspan class="best">best</tspan>');
  return `<text x="${MARGIN}" y="${y}"${style} xml:space="preserve">${text}</text>`;
}

const lines = readFileSync(transcript, 'utf8').trimEnd().split('\n');
const width = Math.ceil(2 * MARGIN + CHARACTER_WIDTH * Math.max(...lines.map(({ length }) => length)));
const height = 2 * MARGIN + LINE_HEIGHT * lines.length;
writeFileSync(
  image,
  `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="A run in the terminal">
<style>
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d6deeb }
.heading { font-weight: bold; fill: #ffffff }
.best { fill: #7fdb8f }
</style>
<rect width="100%" height="100%" rx="8" fill="#0b1622"/>
${lines.map(draw).join('\n')}
</svg>
`,
);
