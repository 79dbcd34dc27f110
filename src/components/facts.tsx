import type { ComponentChildren } from 'preact';

/** A name, its value, and what explains the name. */
export type Fact = readonly [name: string, value: string, explanation?: ComponentChildren];

/** Names and values; without another class, as a grid. */
export function Facts({ facts, class: name = 'facts' }: { facts: readonly Fact[]; class?: string }) {
  return (
    <dl class={name}>
      {facts.map(([title, value, explanation]) => (
        <div key={title}>
          <dt>
            {title}
            {explanation}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
