import type { Instant, LocalDate } from '../time.ts';

/** Who acts, by opaque ids: Postgres holds the person. `clock` is time itself. */
export interface Actor {
  personId: string;
  /** The seat that the person fills: a role key (`A`), `coordinator`, or `clock`. */
  seat: string;
  /** The role key whose side the actor is on, if any. */
  party?: string;
  /** The role key that a coordinator enters a fact for. */
  onBehalfOf?: string;
  via: 'link' | 'api' | 'cli' | 'clock';
}

/** A document by its content; its name and bytes are outside of the workflow. */
export interface DocumentRef {
  sha256: string;
  size: number;
}

interface CommandEnvelope {
  /** The `Idempotency-Key`, also the id of the Temporal update. */
  id: string;
  /** When the API had stored the command; lateness is judged by it (design §3). */
  receivedAtMs: Instant;
  actor: Actor;
}

/** A party's signature on paper is recorded; `signedOn` is the date on the paper, today when missing. */
export interface Sign extends CommandEnvelope {
  type: 'sign';
  signedOn?: LocalDate;
  documents: DocumentRef[];
}

export interface Submit extends CommandEnvelope {
  type: 'submit';
  obligation: string;
  /** Of a recurring obligation; missing: the earliest that is open. */
  occurrence?: string;
  documents: DocumentRef[];
  /** Parts of the checklist that are there, and those left out; the reasons are in Postgres. */
  parts?: string[];
  omitted?: string[];
  /** A coordinator may enter a past hand-in, with evidence: when it took place. */
  handedInAtMs?: Instant;
}

export interface Review extends CommandEnvelope {
  type: 'review';
  obligation: string;
  occurrence?: string;
  verdict: 'accept' | 'reject';
  /** How many numbered points the reviewer wrote; their text is in Postgres. */
  pointCount: number;
}

/** The coordinator records an end that the parties agreed outside. */
export interface Terminate extends CommandEnvelope {
  type: 'terminate';
}

/** What a person asks for. */
export type PersonCommand = Sign | Submit | Review | Terminate;

/** The coordinator's start, folded once when the workflow begins. */
export interface Start extends CommandEnvelope {
  type: 'start';
}

/** Time itself: everything due at exactly `atMs`. `nowMs` is when the shell got to it, later after an outage. */
export interface Tick {
  type: 'tick';
  atMs: Instant;
  nowMs: Instant;
}

export type Command = PersonCommand | Start | Tick;
