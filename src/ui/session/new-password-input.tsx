import { PasswordInput, type PasswordInputProps } from "@mantine/core";
import { MINIMUM_PASSWORD_LENGTH } from "@/domain/setup";

/** A password that is chosen here, so that the browser offers to make one. */
export function NewPasswordInput(props: PasswordInputProps) {
  return (
    <PasswordInput
      label="Password"
      description={`At least ${MINIMUM_PASSWORD_LENGTH} characters.`}
      name="password"
      autoComplete="new-password"
      size="md"
      visibilityToggleButtonProps={{ "aria-label": "Show or hide what is typed" }}
      {...props}
    />
  );
}
