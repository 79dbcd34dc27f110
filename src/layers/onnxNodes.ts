import * as onnxNodes from './generated/onnxNodes.js';
import type { SimpleLayer } from './index.js';
import type { OnnxContext, OnnxNode } from './onnx.js';

interface Exported {
  onnxNodes(layer: SimpleLayer, context: OnnxContext): readonly OnnxNode[];
}

const NODES: Readonly<Record<SimpleLayer['type'], Exported['onnxNodes']>> = onnxNodes;

/**
 * The layer in evaluation mode; the last node writes `onnxOutput(name)`. Empty if the layer is then the identity. Nodes are no part of
 * the layer's definition, so that pages that export nothing do not load what makes them.
 */
export function onnxNodesOf(layer: SimpleLayer, context: OnnxContext): readonly OnnxNode[] {
  return NODES[layer.type](layer, context);
}
