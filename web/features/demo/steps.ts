/** A stop of the first walk: a page of ours, or one beside it. */
export interface WalkStep {
  /** Key of its words. */
  id: string;
  to: string;
  isOutside: boolean;
}

/** Of the reader (web/app/me.ts), as far as the walk goes by it. */
interface Walker {
  demo: { mailboxUrl: string; agreements: Record<string, string> } | null;
  permissions: Record<string, 'all' | 'own'>;
}

/** The stops that the reader may see; none for whoever sees their own agreements alone. */
export function walkSteps({ demo, permissions }: Walker): WalkStep[] {
  if (demo === null || permissions['agreements.read'] !== 'all') return [];
  const agreement = (name: string): string => `/agreements/${demo.agreements[name] ?? ''}`;
  const late = agreement('attachments-late');
  const stops: [id: string, to: string, permission: string][] = [
    ['today', '/', 'self'],
    ['late', late, 'agreements.read'],
    ['why', `${late}?tab=ledger`, 'ledger.read'],
    ['what-if', `${late}/what-if`, 'agreements.read'],
    ['survey', `${agreement('improvement-surveys')}?tab=surveys`, 'agreements.read'],
    ['third-party', `${agreement('third-party')}?tab=engagements`, 'agreements.read'],
    ['cases', '/cases', 'cases.read'],
    ['start', '/start', 'agreements.manage'],
    ['mailbox', demo.mailboxUrl, 'self'],
    ['audit', `/audit/${demo.agreements['attachments-late'] ?? ''}`, 'audit'],
  ];
  return stops
    .filter(([, , permission]) => permission in permissions)
    .map(([id, to]) => ({ id, to, isOutside: to === demo.mailboxUrl }));
}
