import * as ort from 'onnxruntime-node';
import { serveOnnxRuntime } from './onnxruntime.js';

await serveOnnxRuntime(ort, (threads) => ({ intraOpNumThreads: threads, interOpNumThreads: 1 }));
