import type { Drawing, Figure, ReportDocument } from '../document.js';
import { figuresOf } from '../structure.js';
import { drawChart } from './chart.js';

/** The drawing of each figure, by id. */
export type Drawings = ReadonlyMap<string, Drawing>;

/** Draws all figures of a report, including its charts. */
export async function drawFigures(document: ReportDocument): Promise<Drawings> {
  const drawings = new Map<string, Drawing>();
  for (const { id, graphic } of figuresOf(document)) {
    drawings.set(id, graphic.type === 'chart' ? await drawChart(graphic.chart) : graphic.drawing);
  }
  return drawings;
}

export function drawingFor({ id }: Figure, drawings: Drawings): Drawing {
  const drawing = drawings.get(id);
  if (drawing === undefined) throw new Error(`no drawing of figure ${id}`);
  return drawing;
}
