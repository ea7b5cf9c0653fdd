import { Skeleton } from 'antd';
import { type ReactNode, Suspense, lazy } from 'react';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { Cases } from '../cases/cases.tsx';
import { Engagements } from '../engagements/engagements.tsx';
import { Evaluations } from '../evaluations/evaluations.tsx';
import { ImprovementBoard } from '../improvements/board.tsx';
import type { Life } from '../life/life.ts';
import {
  AmendmentsTab,
  ClaimsTab,
  EffectTab,
  EndingTab,
  MattersTab,
  Money,
  RenewalTab,
  SuspensionsTab,
} from '../life/life-tabs.tsx';
import { Links } from '../links/links.tsx';
import { Readings } from '../readings/readings.tsx';
import { Risks } from '../risks/risks.tsx';
import { SurveyList } from '../surveys/survey-list.tsx';
import { Trainings } from '../trainings/trainings.tsx';
import { Visits } from '../visits/visits.tsx';
import { ClauseList } from './clause-list.tsx';
import { Documents } from './documents.tsx';
import { History } from './history.tsx';
import { Ledger } from './ledger.tsx';
import { Notices } from './notices.tsx';
import { Obligations } from './obligations.tsx';
import type { Coming } from './outlook.ts';
import { Overview } from './overview.tsx';
import { People, Terms } from './people-and-terms.tsx';
import type { SectionItem } from './sections.ts';

const Gantt = lazy(async () => ({ default: (await import('./gantt.tsx')).Gantt }));

/** One part of an agreement. */
export function SectionContent({
  item,
  agreement,
  life,
  outlook,
  items,
  done,
  submit,
  review,
}: {
  item: SectionItem;
  agreement: Agreement;
  life: Life | undefined;
  outlook: readonly Coming[];
  items: readonly SectionItem[];
  done: (answer: ActAnswer, what: string) => void;
  submit: (obligation: Obligation) => void;
  review: (obligation: Obligation) => void;
}): ReactNode {
  switch (item) {
    case 'overview':
      return <Overview agreement={agreement} life={life} outlook={outlook} items={items} />;
    case 'obligations':
      return <Obligations agreement={agreement} submit={submit} review={review} />;
    case 'gantt':
      return (
        <Suspense fallback={<Skeleton active />}>
          <Gantt agreement={agreement} />
        </Suspense>
      );
    case 'surveys':
      return <SurveyList agreement={agreement} />;
    case 'improvements':
      return <ImprovementBoard agreement={agreement} />;
    case 'visits':
      return <Visits agreement={agreement} />;
    case 'trainings':
      return <Trainings agreement={agreement} />;
    case 'cases':
      return <Cases agreement={agreement} />;
    case 'engagements':
      return <Engagements agreement={agreement} />;
    case 'risks':
      return <Risks agreement={agreement} />;
    case 'evaluations':
      return <Evaluations agreement={agreement} />;
    case 'matters':
      return <MattersTab agreement={agreement} done={done} />;
    case 'payments':
      return <Money agreement={agreement} done={done} />;
    case 'ledger':
      return <Ledger agreement={agreement} />;
    case 'claims':
      return <ClaimsTab agreement={agreement} done={done} />;
    case 'documents':
      return <Documents agreement={agreement} />;
    case 'notices':
      return <Notices agreement={agreement} />;
    case 'links':
      return <Links agreement={agreement} />;
    case 'readings':
      return <Readings agreement={agreement} done={done} />;
    case 'people':
      return <People agreement={agreement} done={done} />;
    case 'terms':
      return <Terms agreement={agreement} />;
    case 'clauses':
      return <ClauseList agreement={agreement} life={life} />;
    case 'effect':
      return <EffectTab agreement={agreement} done={done} />;
    case 'amendments':
      return <AmendmentsTab agreement={agreement} done={done} />;
    case 'suspensions':
      return <SuspensionsTab agreement={agreement} done={done} />;
    case 'renewal':
      return <RenewalTab agreement={agreement} done={done} />;
    case 'ending':
      return <EndingTab agreement={agreement} done={done} />;
    case 'history':
      return <History agreement={agreement} />;
  }
}
