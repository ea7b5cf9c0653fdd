import { useTranslation } from 'react-i18next';
import { useFormat } from '../../app/format.ts';
import { moneyText } from '../../app/moment.ts';
import type { Engagement, EngagementSummary, Step } from './engagement.ts';

/** Something that is awaited, as a sentence; what it is about by its name, where that is known. */
export function useStep(
  engagement: EngagementSummary &
    Partial<Pick<Engagement, 'agreement' | 'milestones' | 'support' | 'losses' | 'items'>>,
): (step: Step) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const aboutOf = ({ act, about }: Step): string => {
    if (about === null) return '';
    const { agreement, milestones = [], support = [], losses = [], items = [] } = engagement;
    const loss = losses.find((one) => one.loss === about);
    if (loss) return `${t(`lossCategory.${loss.category}`)} ${moneyText(loss.amount, agreement?.currency ?? '')}`;
    const item = items.find(({ id }) => id === about);
    if (item) return format.text(item.title);
    if (act === 'undertake') return t(`engagementUndertaking.${about}`);
    if (act === 'serve') return t(`engagementNotice.${about}`);
    return (
      milestones.find(({ milestone }) => milestone === about)?.what ??
      support.find(({ request }) => request === about)?.title ??
      about
    );
  };
  return (step) => {
    // Work is begun by whoever says so first: it is the third party's.
    const by = step.act === 'start-work' || step.act === 'serve' ? step.by.slice(0, 1) : step.by;
    return t(`engagementNext.${step.act}`, {
      who: by.map(({ title }) => format.text(title)).join(t('common.listSeparator')),
      what: aboutOf(step),
    });
  };
}
