import own from './en.json';

/** A feature may bring its own words: features/<noun>/words.en.json, each group named as the noun. */
const brought = import.meta.glob<Record<string, unknown>>('../features/*/words.en.json', {
  eager: true,
  import: 'default',
});

export default Object.assign({}, own, ...Object.values(brought)) as Record<string, unknown>;
