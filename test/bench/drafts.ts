/** S001a over 1,000,000.00 CNY between two organisations of their own. */
export function draftOf(tag: string): Record<string, unknown> {
  return {
    template: 'service-attachments@1',
    terms: {
      contractTotal: '1000000.00',
      penaltyCapPercent: 'not-agreed',
      penaltyGraceDays: 'not-agreed',
      expiresOn: 'not-agreed',
    },
    parties: {
      A: { name: `甲公司 ${tag}`, email: `a.${tag}@example.com`, language: 'zh' },
      B: { name: `B Ltd ${tag}`, email: `b.${tag}@example.com`, language: 'en' },
    },
    coordinator: { name: 'C', email: 'c@example.com', language: 'en' },
  };
}
