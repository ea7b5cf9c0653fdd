import { useTranslation } from 'react-i18next';
import { useTitled } from '../../app/occurrence.ts';
import type { Agreement } from '../../wire.ts';
import type { WorkflowType } from './audit.ts';

/** Parts of the addresses of their pages. */
const PAGES: Record<Exclude<WorkflowType, 'agreement'>, string> = {
  survey: 'surveys',
  improvement: 'improvements',
  visit: 'visits',
  training: 'trainings',
  risk: 'risks',
  case: 'cases',
  evaluation: 'evaluations',
  engagement: 'engagements',
};

/** The page of what a workflow is for. */
export function pageOf(agreementId: string, type: WorkflowType, id: string | null): string {
  const agreement = `/agreements/${encodeURIComponent(agreementId)}`;
  return type === 'agreement' || id === null ? agreement : `${agreement}/${PAGES[type]}/${encodeURIComponent(id)}`;
}

/** `满意度调查 · 季度满意度调查（2027 年第一季度）`, `工单 · C-2027-001`, `协议本身`. */
export function useProcessName(agreement: Agreement): (type: WorkflowType, reference: string | null) => string {
  const { t } = useTranslation();
  const titled = useTitled();
  return (type, reference) => {
    const kind = t(`workflowType.${type}`);
    if (reference === null) return kind;
    const [id = '', occurrence] = reference.split('#');
    const duty = agreement.duties.find((one) => one.id === id);
    return `${kind} · ${duty ? titled(duty.title, occurrence) : reference}`;
  };
}
