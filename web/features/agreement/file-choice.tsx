import { Progress, Upload } from 'antd';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fileSize } from './file-size.ts';

/** Files chosen and not sent yet, and how far the sending is. */
export function FileChoice({
  files,
  choose,
  progress,
  disabled,
}: {
  files: File[];
  choose: (files: File[]) => void;
  progress: number | null;
  disabled: boolean;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stack" style={{ gap: 6 }}>
      <Upload
        multiple
        disabled={disabled}
        showUploadList={false}
        beforeUpload={(_file, chosen) => {
          choose([...files, ...chosen.filter((one) => !files.includes(one))]);
          return false;
        }}
        fileList={[]}
      >
        <Button disabled={disabled}>{t('file.choose')}</Button>
      </Upload>
      {files.map((file) => (
        <div key={`${file.name} ${file.size} ${file.lastModified}`} className="small break">
          {file.name} <span className="muted">{fileSize(file.size)}</span>{' '}
          <Button
            type="link"
            size="small"
            className="inline-link"
            disabled={disabled}
            onClick={() => choose(files.filter((one) => one !== file))}
          >
            {t('file.remove')}
          </Button>
        </div>
      ))}
      {progress === null ? null : (
        <Progress percent={Math.round(progress * 100)} size="small" aria-label={t('file.progress')} />
      )}
    </div>
  );
}
