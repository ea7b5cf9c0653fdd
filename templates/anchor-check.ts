import type { Contradiction } from './contradiction.ts';
import { contradiction, termNamed, valueInForce } from './contradiction.ts';
import { type Obligation, anchorObligation } from './obligation-schema.ts';
import type { Template } from './schema.ts';

const AT_REVIEWS = ['deliverable-accepted', 'deliverable-rejected', 'review-overdue'];

function hasExpiry({ ending: { expiry } }: Template): boolean {
  return expiry.on !== undefined || expiry.years !== undefined || expiry.months !== undefined;
}

/** Whether the text itself keeps an obligation from ever being due: an option can be agreed, what is fixed is not one. */
function isOffForGood(template: Template, { when }: Obligation): boolean {
  const term = termNamed(template, when?.term);
  if (!when || !term) return false;
  if (term.type === 'enum' && when.is !== undefined && !term.options.some(({ value }) => value === when.is))
    return true;
  const value = valueInForce(term);
  return (
    term.origin === 'fixed' && value !== undefined && (when.is === undefined ? value === false : value !== when.is)
  );
}

/** Whether one of the two is off wherever the other is on. */
function exclude(one: Obligation, other: Obligation): boolean {
  return (
    one.when !== undefined &&
    other.when !== undefined &&
    one.when.term === other.when.term &&
    one.when.is !== other.when.is
  );
}

function impossible(template: Template, obligation: Obligation): { zh: string; en: string } | undefined {
  const { anchor } = obligation.deadline;
  if (anchor === 'expiry' && !hasExpiry(template)) {
    return {
      zh: 'ending.expiry 有 on、years 或 months，否则协议不会到期',
      en: 'on, years or months in ending.expiry, because without them the agreement never expires',
    };
  }
  const target = template.obligations.find(({ id }) => id === anchorObligation(obligation));
  if (target && isOffForGood(template, target)) {
    return {
      zh: `会发生的事；${target.id} 按其 when 永不生效`,
      en: `something that happens; ${target.id} is off for good by its when`,
    };
  }
  if (target && exclude(target, obligation)) {
    return {
      zh: `与本义务同时有效的义务；${target.id} 的 when 与本义务的 when 互相排斥`,
      en: `an obligation that is on together with this one; the when of ${target.id} excludes it`,
    };
  }
  if (typeof anchor === 'string' || !('event' in anchor)) return undefined;
  const { event } = anchor;
  const some = target ? [target] : template.obligations;
  if (AT_REVIEWS.includes(event) && some.every(({ review }) => review === undefined)) {
    return {
      zh: `有审核（review）的义务；否则不会有 ${event}`,
      en: `an obligation with a review; without one there is no ${event}`,
    };
  }
  if (event.startsWith('penalty-') && some.every(({ penalty }) => penalty === undefined)) {
    return {
      zh: `有违约金（penalty）的义务；否则不会有 ${event}`,
      en: `an obligation with a penalty; without one there is no ${event}`,
    };
  }
  return undefined;
}

/** Ids along the anchors from an obligation back to itself; undefined where they lead elsewhere. */
function loopFrom(template: Template, start: Obligation): string[] | undefined {
  const way = [start.id];
  for (let at: Obligation | undefined = start; at;) {
    const next = anchorObligation(at);
    if (next === start.id) return [...way, next];
    if (next === undefined || way.includes(next)) return undefined;
    way.push(next);
    at = template.obligations.find(({ id }) => id === next);
  }
  return undefined;
}

/** Anchors that never happen, loops of anchors (each once), and conditions that never hold. */
export function checkAnchors(template: Template): Contradiction[] {
  const inLoops: string[] = [];
  return template.obligations.flatMap((obligation, index) => {
    const at = ['obligations', index];
    const found: Contradiction[] = [];
    const { when } = obligation;
    const term = termNamed(template, when?.term);
    if (when?.is !== undefined && term?.type === 'enum' && !term.options.some(({ value }) => value === when.is)) {
      const values = term.options.map(({ value }) => value);
      found.push(contradiction([...at, 'when', 'is'], values.join('、'), `one of ${values.join(', ')}`));
    }
    const why = impossible(template, obligation);
    if (why) found.push(contradiction([...at, 'deadline', 'anchor'], why.zh, why.en));
    const loop = inLoops.includes(obligation.id) ? undefined : loopFrom(template, obligation);
    if (loop) {
      inLoops.push(...loop);
      const way = loop.join(' → ');
      found.push(
        contradiction(
          [...at, 'deadline', 'anchor'],
          `不绕回自身的起算点；现为 ${way}`,
          `an anchor that does not lead back here; it goes ${way}`,
        ),
      );
    }
    return found;
  });
}
