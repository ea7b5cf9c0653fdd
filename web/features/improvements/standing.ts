/** What of an improvement says where it stands. */
interface Standing {
  status: string;
  plan: { goal: object | null; points: readonly unknown[] } | null;
  answer: { answeredAt: string | null };
  provides: { answers: boolean; publishes: boolean };
  publishedAt: string | null;
}

/** Of what is done, what is still missing depends on what the agreement asks for. */
export function standsAs({ status, plan, answer, provides, publishedAt }: Standing): string {
  if (status === 'implemented' && !plan?.goal) return 'implemented-unmeasured';
  if (status === 'classified' && plan !== null && plan.points.length > 0) return 'returned';
  if (status !== 'effective') return status;
  if (provides.answers && answer.answeredAt === null) return 'effective-unanswered';
  if (provides.publishes && publishedAt === null) return 'effective-unpublished';
  return 'effective';
}
