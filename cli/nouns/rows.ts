import { CLOCK } from '../../domain/agreement/parties.ts';
import { present } from '../../domain/fields.ts';
import { wholeMinute } from '../lived-surveys.ts';
import {
  type LivedNoun,
  type LivedNounEvent,
  NOUN_ROWS,
  type Noun,
  type NounRecord,
  type NounRows,
  type Writing,
} from './noun.ts';
import { NOUNS } from './registry.ts';

export type LivedNouns = Record<NounRows, LivedNoun[]>;

/** Writes out the processes of every noun, by the name of their list. */
export function describeNouns(records: readonly NounRecord[], writing: Writing): LivedNouns {
  const rows = NOUN_ROWS.map((list): [NounRows, LivedNoun[]] => {
    const noun = NOUNS.find((one) => one.rows === list);
    const own = records.filter(({ workflowId }) => workflowId.startsWith(`${noun?.type ?? ''}/`));
    const described = noun?.describe(own, writing) ?? [];
    return [list, described.map(({ record, row }) => ({ ...row, events: eventsOf(noun, record, writing) }))];
  });
  return Object.fromEntries(rows) as LivedNouns;
}

function eventsOf(noun: Noun | undefined, { events }: NounRecord, writing: Writing): LivedNounEvent[] {
  return events.map((event) => {
    const { atMs, type, actor, clauses } = event;
    const { seat, party, onBehalfOf, via } = actor;
    const isMachine = seat === CLOCK.seat;
    return {
      at: writing.at(isMachine ? wholeMinute(atMs) : atMs),
      type,
      ...(isMachine ? {} : { actor: { seat, ...present({ party, onBehalfOf }), via } }),
      ...present({ detail: noun?.detail?.(event, writing) }),
      clauses,
    };
  });
}
