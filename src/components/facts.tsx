export type Fact = readonly [name: string, value: string];

/** Names and values; without another class, as a grid. */
export function Facts({ facts, class: name = 'facts' }: { facts: readonly Fact[]; class?: string }) {
  return (
    <dl class={name}>
      {facts.map(([title, value]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
