// Classifies an image on the server: curl --data-binary @digit.png localhost:3000/api/classify
import { join } from 'node:path';
import { InklingError, loadClassifier } from 'inkling';

const MODEL = join(
  process.cwd(),
  'node_modules/inkling/pretrained/report-cnn-mnist/checkpoints/best.safetensors',
);

const classifier = loadClassifier(MODEL);

export async function POST(request: Request) {
  try {
    return Response.json(await (await classifier).classify(await request.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof InklingError)) throw error;
    return Response.json({ error: error.message, code: error.code }, { status: 400 });
  }
}
