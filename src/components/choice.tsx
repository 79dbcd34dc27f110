/** One of several values, with what it is called. */
export type Option<Value> = readonly [value: Value, title: string];

/** Values that are their own titles. */
export function optionsOf(values: readonly string[]): readonly Option<string>[] {
  return values.map((value) => [value, value]);
}

/** A label, and a list from which one of several values is selected. */
export function Choice<Value extends string | number>(props: {
  label: string;
  /** The selected value. */
  value: Value | undefined;
  options: readonly Option<Value>[];
  onChange: (value: Value) => void;
  class?: string;
}) {
  const { label, value, options, onChange } = props;
  return (
    <label class={props.class}>
      {label}{' '}
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const [chosen] = options[currentTarget.selectedIndex];
          onChange(chosen);
        }}
      >
        {options.map(([each, title]) => (
          <option key={each} value={each}>
            {title}
          </option>
        ))}
      </select>
    </label>
  );
}
