// The model, for the browser.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MODEL = join(
  process.cwd(),
  'node_modules/inkling/pretrained/report-cnn-mnist/checkpoints/best.safetensors',
);

export function GET() {
  return new Response(readFileSync(MODEL));
}
