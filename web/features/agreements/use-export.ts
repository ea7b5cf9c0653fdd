import { useMutation } from '@tanstack/react-query';
import { App } from 'antd';
import { download, queryString } from '../../api.ts';
import { useProblemText } from '../../app/problem-alert.tsx';

/** Hands agreements over as a file; what went wrong is told on top of the page. */
export function useExport(): {
  take: (narrowed: Record<string, string>, format: 'csv' | 'xlsx') => void;
  isPending: boolean;
} {
  const { message } = App.useApp();
  const problemText = useProblemText();
  const taking = useMutation({
    mutationFn: ({ narrowed, format }: { narrowed: Record<string, string>; format: 'csv' | 'xlsx' }) =>
      download(`/bulk/export${queryString({ ...narrowed, format })}`, `agreements.${format}`),
    onError: (error) => {
      const { title, detail } = problemText(error);
      void message.error(detail ?? title);
    },
  });
  return { take: (narrowed, format) => taking.mutate({ narrowed, format }), isPending: taking.isPending };
}
