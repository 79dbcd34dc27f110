import { orDash } from '../../components/format.js';
import { text } from '../text/text.js';
import type { ResolvedNetwork } from './network.js';

/** What a network costs. */
export function Totals(props: {
  totals: ResolvedNetwork['totals'];
  /** Those of an epoch; undefined until the speed of this device is known. */
  seconds: number | undefined;
}) {
  const { totals, seconds } = props;
  return (
    <dl class="totals">
      <div>
        <dt>{text.network.total}</dt>
        <dd>{orDash(totals?.parameters, text.count)}</dd>
      </div>
      <div>
        <dt>{text.network.multiplyAdds}</dt>
        <dd>{orDash(totals?.multiplyAdds, text.network.perImage)}</dd>
      </div>
      <div>
        <dt>{text.network.epochTime}</dt>
        <dd>{orDash(seconds, text.network.about)}</dd>
      </div>
    </dl>
  );
}
