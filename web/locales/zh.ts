import own from './zh.json';

/** A feature may bring its own words: features/<noun>/words.zh.json, each group named as the noun. */
const brought = import.meta.glob<Record<string, unknown>>('../features/*/words.zh.json', {
  eager: true,
  import: 'default',
});

export default Object.assign({}, own, ...Object.values(brought)) as Record<string, unknown>;
