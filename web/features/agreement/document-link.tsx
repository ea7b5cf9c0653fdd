import { App, Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { agreementPath, download } from '../../api.ts';
import { useProblemText } from '../../app/problem-alert.tsx';

/** Downloads one document; says why when it cannot be had. */
export function DocumentLink({
  agreementId,
  of = '',
  document,
  label,
}: {
  agreementId: string;
  /** What of the agreement keeps its own files: `/evaluations/<id>`. */
  of?: string | undefined;
  document: { id: string; fileName: string };
  /** In place of the file's name. */
  label?: string;
}): ReactNode {
  const { notification } = App.useApp();
  const problemText = useProblemText();
  const [isLoading, setIsLoading] = useState(false);
  const fetchIt = async (): Promise<void> => {
    setIsLoading(true);
    try {
      await download(
        `${agreementPath(agreementId)}${of}/documents/${encodeURIComponent(document.id)}/content`,
        document.fileName,
      );
    } catch (error) {
      const { title, detail } = problemText(error);
      notification.error({ title, description: detail });
    } finally {
      setIsLoading(false);
    }
  };
  return (
    <Button
      type="link"
      size="small"
      className="inline-link file-link"
      loading={isLoading}
      onClick={() => void fetchIt()}
    >
      {label ?? document.fileName}
    </Button>
  );
}
