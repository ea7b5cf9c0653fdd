import { type History, historyText, parseHistory } from '../../activities/histories.ts';

interface JsonEvent {
  eventId: string;
  eventType: string;
  [attributes: string]: unknown;
}

/** A history with something changed in its JSON, as someone with a text editor would. */
export function altered(history: History, change: (events: JsonEvent[]) => void): History {
  const json = JSON.parse(historyText(history)) as { events: JsonEvent[] };
  change(json.events);
  return parseHistory(JSON.stringify(json));
}

/** The n-th event that has these attributes. */
export function nth(events: JsonEvent[], attributes: string, n = 0): Record<string, unknown> & { eventId: string } {
  const event = events.filter((one) => one[attributes] !== undefined)[n];
  if (!event) throw new Error(`no ${attributes} ${n}`);
  return event[attributes] as Record<string, unknown> & { eventId: string };
}

/** Changes the text of the first payload of `input`, for example of an activity. */
export function editPayload(attributes: Record<string, unknown>, edit: (text: string) => string): void {
  const { payloads } = attributes['input'] as { payloads: { data: string }[] };
  const [payload] = payloads;
  if (!payload) throw new Error('no payload');
  const text = Buffer.from(payload.data, 'base64').toString('utf8');
  const edited = edit(text);
  if (edited === text) throw new Error('nothing was changed');
  payload.data = Buffer.from(edited, 'utf8').toString('base64');
}
