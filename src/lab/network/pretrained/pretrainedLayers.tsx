import { formatDimensions } from '../../../components/format.js';
import { text } from '../../text/text.js';
import { layerTitle } from '../layerTitle.js';
import type { Network, ResolvedRow } from '../network.js';
import { outputLayerOf } from '../outputLayer.js';

/** A pretrained network: all layers that stay as they are in one row, and the last one, which is trained. */
export function PretrainedLayers({ network, rows }: { network: Network; rows: readonly ResolvedRow[] }) {
  if (rows.length === 0) {
    return (
      <p class="negative" role="alert">
        {text.network.pretrained.needsPhotos}
      </p>
    );
  }
  const head = outputLayerOf(network.layers);
  const fixed = rows.slice(0, head);
  const { type, name = type } = network.layers[head];
  return (
    <ol class="layers">
      <Row
        title={network.name}
        hint={text.network.pretrained.fixed(fixed.length)}
        output={fixed[fixed.length - 1].output}
        parameters={fixed.reduce((sum, { parameters }) => sum + parameters, 0)}
      />
      <Row title={layerTitle(type, name)} hint={text.network.pretrained.trained} {...rows[head]} />
    </ol>
  );
}

function Row(props: Pick<ResolvedRow, 'output' | 'parameters'> & { title: string; hint: string }) {
  const { title, hint, output, parameters } = props;
  return (
    <li class="layer">
      <span class="layer-name">
        {title}
        <span class="muted">{hint}</span>
      </span>
      <span class="fields" />
      <span class="shape">
        {output !== undefined && formatDimensions(output)}
        <span class="muted">{text.network.parameters(parameters)}</span>
      </span>
    </li>
  );
}
