import type { View } from './view.ts';

/** Events of an engagement that bear sums, or words and papers about them. */
const OF_MONEY = /^engagement-(?:drafted|in-force|cost-|cap-|loss-|recourse-)/;

/** Sections whose words are about money. */
const MONEY_SECTIONS = ['costs', 'liability'];

/** An engagement for those who may not read the ledger: what it costs, its cap and its losses are left out, and said to be. */
export function withoutMoney(view: View): View {
  return {
    ...view,
    withheld: true,
    can: view.can.filter(
      (act) => !['charge', 'pay', 'propose-cap', 'answer-cap', 'report-loss', 'answer-loss'].includes(act),
    ),
    rules: { ...view.rules, fee: view.rules.fee && { ...view.rules.fee, amount: null } },
    draft: view.draft && {
      ...view.draft,
      fee: null,
      cap: null,
      rationale: [],
      documents: [],
      sections: view.draft.sections.map((one) =>
        MONEY_SECTIONS.includes(one.section) ? { ...one, words: null } : one,
      ),
    },
    costs: null,
    caps: [],
    capUsed: null,
    capChanges: [],
    losses: [],
    next: view.next.filter(({ act }) => !['pay', 'answer-cap', 'answer-loss'].includes(act)),
    events: view.events.map((event) => {
      if (!OF_MONEY.test(event.type)) return event;
      const { text: _words, documents: _papers, ...rest } = event;
      return { ...rest, data: { withheld: true } };
    }),
  };
}

/** For the third party: how the parties share among themselves what is above its cap is not its matter. */
export function forThird(view: View): View {
  return {
    ...view,
    losses: view.losses.map((loss) => ({ ...loss, ownShares: null })),
    events: view.events.map((event) => {
      const { ownShares: _shares, ...data } = event.data;
      return { ...event, data };
    }),
  };
}
