import type { Event } from '../domain/agreement/event.ts';
import { partyOf } from '../domain/agreement/parties.ts';
import type { AgreementState } from '../domain/agreement/state.ts';

/** Who fills seats, stands in and has read what: the rows that a step changes, with the columns' names. */
export interface PeopleRows {
  seated: object[];
  vacated: object[];
  delegations: object[];
  recalled: object[];
  readings: object[];
}

/** @param events those that lead from `before` to `after` */
export function peopleRows(before: AgreementState, after: AgreementState, events: Event[]): PeopleRows {
  const agreementId = after.agreement.id;
  const key = { agreement_id: agreementId };
  const rows: PeopleRows = {
    seated: [],
    vacated: [],
    delegations: [],
    recalled: [],
    readings: readingRows(before, after),
  };
  const lastAt = new Date(events.at(-1)?.occurredAtMs ?? 0);
  for (const event of events) {
    if (event.type === 'delegation-made') {
      const { number, seat, absent, deputy, from, until, obligations } = event;
      const id = delegationId(agreementId, number);
      rows.delegations.push({ ...key, id, seat, absent_id: absent, deputy_id: deputy, from, until, obligations });
    }
  }
  for (const { number } of before.standIns.filter(
    (one) => !after.standIns.some((other) => other.number === one.number),
  )) {
    rows.recalled.push({ id: delegationId(agreementId, number), ended_at: lastAt });
  }
  for (const [seat, personId] of Object.entries(after.seated)) {
    if (before.sequence === 0 || before.seated[seat] === personId) continue; // the start seated them itself
    const party = partyOf(after.agreement, seat);
    const row = { ...key, seat, party: after.agreement.parties.includes(party) ? party : null, person_id: personId };
    (personId === null ? rows.vacated : rows.seated).push(row);
  }
  return rows;
}

function delegationId(agreementId: string, number: number): string {
  return `agreement/${agreementId}/d${number}`;
}

function readingRows(before: AgreementState, after: AgreementState): object[] {
  return after.readings.flatMap((reading) => {
    const { what, version } = reading;
    const was = before.readings.find((one) => one.what === what && one.version === version);
    if (was === reading) return [];
    return reading.readers.flatMap(({ reader, askedAtMs, readAtMs, by }) => {
      const known = was?.readers.find((one) => one.reader === reader);
      if (known && known.readAtMs === readAtMs) return [];
      const at = (ms: number | null) => (ms === null ? null : new Date(ms));
      return [
        {
          agreement_id: after.agreement.id,
          what,
          version,
          reader,
          asked_at: at(askedAtMs),
          read_at: at(readAtMs),
          read_by_id: by !== null && /^[0-9a-f-]{36}$/.test(by) ? by : null,
        },
      ];
    });
  });
}
