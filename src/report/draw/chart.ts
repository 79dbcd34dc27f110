import { parse, View } from 'vega';
import { compile, type Config, type TopLevelSpec } from 'vega-lite';
import { InklingError } from '../../core/errors.js';
import type { Drawing } from '../document.js';
import { colorOf } from '../palette.js';
import { FONT } from './svg.js';

const axes = {
  aria: false,
  domainColor: colorOf('faint'),
  tickColor: colorOf('faint'),
  gridColor: colorOf('line'),
  labelColor: colorOf('faint'),
  titleColor: colorOf('ink'),
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
  header: { ...axes, labelColor: colorOf('ink'), labelFontSize: 13 },
  legend: {
    aria: false,
    orient: 'top',
    labelColor: colorOf('ink'),
    titleColor: colorOf('ink'),
    labelFontSize: 12,
    symbolStrokeWidth: 2,
  },
  text: { color: colorOf('ink'), fontSize: 12, aria: false },
};

/** Draws a chart as Vega-Lite describes it, without a browser. */
export async function drawChart(chart: TopLevelSpec): Promise<Drawing> {
  const { spec } = compile(chart, { config });
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const [width, height] = [/ width="([\d.]+)"/, / height="([\d.]+)"/].map((size) =>
    Number(size.exec(svg)?.[1]),
  );
  if (!(width > 0 && height > 0))
    throw new InklingError('report: a chart came out empty; its record holds no data');
  return { svg, width, height };
}
