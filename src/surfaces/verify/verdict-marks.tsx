import { Mark } from '#design';

/** The marks that a result may bear, as templates for the script to copy: their shapes stand in one place only. */
export function VerdictMarks() {
  return (
    <>
      <template data-mark="ok">
        <Mark kind="proved" figure="✓" />
      </template>
      <template data-mark="unknown">
        <Mark kind="proved" state="unknown" figure="?" />
      </template>
      <template data-mark="failed">
        <Mark kind="proved" state="broken" figure="✗" />
      </template>
    </>
  );
}
