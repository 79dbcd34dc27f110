import type { Runtime } from 'vega';
import type { Config, TopLevelSpec } from 'vega-lite';
import { InklingError, UnsupportedError } from '../../core/errors.js';
import { compile, parse, textMetrics, View } from '../../vendor/charts.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { FONT } from './svg.js';

const axes = {
  aria: false,
  domainColor: colorOf('muted'),
  tickColor: colorOf('muted'),
  gridColor: colorOf('border'),
  labelColor: colorOf('muted'),
  titleColor: colorOf('text'),
  labelFontSize: 12,
  titleFontSize: 13,
  titleFontWeight: 'normal',
  labelPadding: 5,
  labelFlush: false,
} as const;

const config: Config = {
  font: FONT,
  background: 'transparent',
  view: { stroke: null },
  axis: axes,
  header: { ...axes, labelColor: colorOf('text'), labelFontSize: 13 },
  legend: {
    aria: false,
    orient: 'top',
    labelColor: colorOf('text'),
    titleColor: colorOf('text'),
    labelFontSize: 12,
    symbolStrokeWidth: 2,
  },
  text: { color: colorOf('text'), fontSize: 12, aria: false },
};

// As in Node.js, where there is none: so that a chart is the same wherever it is drawn.
textMetrics.canvas(false);

/**
 * Renders a Vega-Lite chart as SVG, in any runtime that allows it to compile the chart's expressions.
 *
 * @throws {UnsupportedError} where it does not
 */
export async function drawChart(chart: TopLevelSpec): Promise<Drawing> {
  const { spec } = compile(chart, { config });
  const svg = await render(parse(spec)).catch((error: unknown) => {
    if (!(error instanceof EvalError)) throw error;
    throw new UnsupportedError(
      "report: this runtime or its Content Security Policy forbids JavaScript to compile expressions, which charts need; allow 'unsafe-eval', or create the report elsewhere",
    );
  });
  const [width, height] = [/ width="([\d.]+)"/, / height="([\d.]+)"/].map((size) =>
    Number(size.exec(svg)?.[1]),
  );
  if (!(width > 0 && height > 0))
    throw new InklingError(
      'report: expected a chart with data, got an empty one; the run record contains no data for it',
    );
  return { svg, width, height };
}

async function render(runtime: Runtime): Promise<string> {
  const view = new View(runtime, { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return svg;
}
