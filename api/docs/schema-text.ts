import { type Html, html } from '../act/html.ts';

/** As much of JSON Schema as our routes' schemas make. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  examples?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  additionalProperties?: boolean | Schema;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** The type in a few words, with links to named schemas. */
export function typeText(schema: Schema): Html {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  if (schema.const !== undefined) return html`<code>${JSON.stringify(schema.const)}</code>`;
  if (schema.enum) return joined(schema.enum.map((value) => html`<code>${JSON.stringify(value)}</code>`));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return joined(alternatives.map(typeText));
  if (schema.type === 'array') return html`array of ${typeText(schema.items ?? {})}`;
  if (schema.type === 'object' && !schema.properties) {
    const { additionalProperties: values } = schema;
    return typeof values === 'object' && Object.keys(values).length > 0
      ? html`map of ${typeText(values)}`
      : html`object`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'any');
  return html`${type}${schema.format !== undefined && ` (${schema.format})`}`;
}

function joined(parts: Html[]): Html {
  return html`${parts.map((part, index) => [index > 0 && ' or ', part])}`;
}

/** The fields of an object, or of the objects in an array, as a list; nothing for what has none. */
export function fieldList(schema: Schema): Html | null {
  if (schema.$ref !== undefined) return null;
  const inner =
    schema.type === 'array'
      ? schema.items
      : (schema.anyOf ?? schema.oneOf)?.find(({ properties }) => properties !== undefined);
  if (!schema.properties) return inner ? fieldList(inner) : null;
  const { required = [] } = schema;
  return html`<dl class="fields">
    ${Object.entries(schema.properties).map(
      ([name, field]) =>
        html`<dt><code>${name}</code>${!required.includes(name) && html` <small>optional</small>`}</dt>
          <dd>
            ${typeText(field)}${field.description !== undefined && html` <span class="soft">${field.description}</span>`}
            ${fieldList(field)}
          </dd>`,
    )}
  </dl>`;
}
