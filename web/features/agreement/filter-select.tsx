import { Select } from 'antd';
import type { ReactNode } from 'react';

/** Narrows a list to one value; cleared, it shows all. */
export function FilterSelect({
  label,
  value,
  options,
  onChange,
}: {
  /** Says what is chosen from, as long as nothing is. */
  label: string;
  value: string | null;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}): ReactNode {
  // Ant Design keeps what it shows when its value goes away: another key is another field.
  return (
    <Select<string>
      key={value === null ? 'all' : 'one'}
      aria-label={label}
      placeholder={label}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      {...(value === null ? {} : { value })}
      options={options}
      onChange={(chosen: string | undefined) => onChange(chosen ?? '')}
      style={{ minWidth: 150, maxWidth: '100%' }}
      popupMatchSelectWidth={false}
    />
  );
}
