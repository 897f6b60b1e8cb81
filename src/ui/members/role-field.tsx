import { Radio, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { Role } from "@/domain/roles";
import { ROLE_WORDS } from "./role-words";

interface RoleFieldProps {
  /** What the reader may give. */
  roles: readonly Role[];
  value: Role | null;
  onChange: (role: Role) => void;
  error?: ReactNode;
}

/** A choice of roles, each with what it is for. */
export function RoleField({ roles, value, onChange, error }: RoleFieldProps) {
  return (
    <Radio.Group label="Role" size="md" value={value} onChange={(role) => onChange(role as Role)} error={error}>
      <Stack gap="xs" mt="xs">
        {roles.map((role) => (
          <Radio key={role} size="md" value={role} label={ROLE_WORDS[role].name} description={ROLE_WORDS[role].about} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
