import { type Drawing, type Figure, figuresOf, type ReportDocument } from '../document.js';
import { drawChart } from './chart.js';

/** The drawing of each figure, by its id. */
export type Drawings = ReadonlyMap<string, Drawing>;

/** Draws all figures of a report, its charts among them. */
export async function drawFigures(document: ReportDocument): Promise<Drawings> {
  const drawings = new Map<string, Drawing>();
  for (const { id, picture } of figuresOf(document)) {
    drawings.set(id, picture.type === 'chart' ? await drawChart(picture.chart) : picture.drawing);
  }
  return drawings;
}

/** The drawing of a figure among those of its report. */
export function drawingFor({ id }: Figure, drawings: Drawings): Drawing {
  const drawing = drawings.get(id);
  if (drawing === undefined) throw new Error(`no drawing of figure ${id}`);
  return drawing;
}
