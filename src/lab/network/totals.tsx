import { type Fact, Facts } from '../../components/facts.js';
import { orDash } from '../../components/format.js';
import { Term } from '../glossary/term.js';
import { text } from '../text/text.js';
import type { ResolvedNetwork } from './network.js';

/** What a network costs. */
export function Totals(props: {
  totals: ResolvedNetwork['totals'];
  /** Those of an epoch; undefined until the speed of this device is known. */
  seconds: number | undefined;
}) {
  const { totals, seconds } = props;
  const facts: readonly Fact[] = [
    [text.network.total, orDash(totals?.parameters, text.count), <Term name="parameters" />],
    [
      text.network.multiplyAdds,
      orDash(totals?.multiplyAdds, text.network.perImage),
      <Term name="multiplyAdds" />,
    ],
    [text.network.epochTime, orDash(seconds, text.network.about), <Term name="epoch" />],
  ];
  return <Facts class="totals" facts={facts} />;
}
