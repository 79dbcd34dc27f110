/** Attribute values by name; undefined ones are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Characters that XML and HTML do not allow, control characters except tab and line feed, surrogates, and noncharacters, and those
 * that reverse the text around them.
 */
const FORBIDDEN = /[^\P{Cc}\t\n]|\p{Cs}|[\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** Escapes text for SVG and HTML content and attribute values; forbidden characters become U+FFFD. */
export function escapeMarkup(text: string): string {
  return text.replace(FORBIDDEN, '\ufffd').replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** `<name attributes>children</name>`; the children are markup. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  return `${openTag(name, attributes)}${children.join('')}</${name}>`;
}

/** `<name attributes>`, for void elements. */
export function openTag(name: string, attributes: Attributes): string {
  const rendered = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${escapeMarkup(String(value))}"`);
  return `<${name}${rendered.join('')}>`;
}

/** An element that contains only text, which is escaped. */
export function textElement(name: string, attributes: Attributes, text: string): string {
  return element(name, attributes, escapeMarkup(text));
}
