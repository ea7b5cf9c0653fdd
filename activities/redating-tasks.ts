import type { Event } from '../domain/agreement/event.ts';
import { redatingTaskKey } from '../domain/redating/proposal-task.ts';

/** After these there is nothing left to decide on. */
const ANSWERS: readonly Event['type'][] = [
  'calendar-repinned',
  'redating-declined',
  'agreement-terminated',
  'agreement-expired',
  'agreement-withdrawn',
];

/** The task that a step has answered, by accepting or declining, or because the agreement ended. */
export function answeredRedatings(agreementId: string, events: readonly Event[]): { key: string; done_by: string }[] {
  const answer = events.findLast(({ type }) => ANSWERS.includes(type));
  return answer ? [{ key: redatingTaskKey(agreementId), done_by: answer.actor.personId }] : [];
}
