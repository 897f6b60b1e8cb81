"use client";
import { Alert, Anchor, Button, Group, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { PublicFrame } from "@/ui/shell/public-frame";
import { AccountStep } from "./account-step";
import { OrganizationStep } from "./organization-step";
import { SETUP_STEPS, type SetupErrors, stepErrors, stepWith } from "./setup-draft";
import { StepCount } from "./step-count";
import { useClaim } from "./use-claim";
import { useSetupDraft } from "./use-setup-draft";

const STEPS = [
  { title: "Create your account", lead: "You become the owner of this Milkrun.", Fields: AccountStep },
  { title: "Name your organization", lead: "Its schedule, sources and items belong to it.", Fields: OrganizationStep },
] as const;
const LAST_STEP = STEPS.length - 1;

/** Claims the installation in two steps and signs in, which leads to the other three. */
export function SetupForm({ token }: { token: string }) {
  const form = useRef<HTMLFormElement>(null);
  const { draft, change } = useSetupDraft();
  const [step, setStep] = useState(0);
  const [errors, setErrors] = useState<SetupErrors>({});
  const { claim, isPending, failure } = useClaim((refused) => showErrors(refused));
  const current = STEPS[step] ?? STEPS[0];

  function showErrors(found: SetupErrors) {
    setErrors(found);
    setStep((now) => stepWith(found) ?? now);
  }

  const focusedStep = useRef(0);
  useEffect(() => {
    const failing = stepWith(errors) === step;
    if (!failing && focusedStep.current === step) return;
    focusedStep.current = step;
    form.current?.querySelector<HTMLElement>(failing ? "[aria-invalid=true]" : "input")?.focus();
  }, [errors, step]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const upToHere = SETUP_STEPS.slice(0, step + 1).map((_, index) => stepErrors(index, draft));
    const found: SetupErrors = Object.assign({}, ...upToHere);
    showErrors(found);
    if (stepWith(found) !== null) return;
    if (step < LAST_STEP) setStep(step + 1);
    else claim({ token, ...draft });
  }

  return (
    <PublicFrame title={current.title} lead={current.lead}>
      <form ref={form} noValidate onSubmit={submit}>
        <Stack mt="lg">
          {failure && (
            <Alert color="red" role="alert" title="Milkrun is not set up yet" icon={<IconAlertTriangle aria-hidden />}>
              {failure.message} {failure.isClaimed && <Anchor href="/sign-in">Go to sign-in</Anchor>}
            </Alert>
          )}
          <current.Fields draft={draft} errors={errors} change={change} />
          <Group justify="space-between" mt="xs">
            <StepCount step={step + 1} />
            <Group gap="xs">
              {step > 0 && (
                <Button variant="default" onClick={() => setStep(step - 1)} disabled={isPending}>
                  Back
                </Button>
              )}
              <Button type="submit" loading={isPending}>
                {step < LAST_STEP ? "Continue" : "Create account"}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </PublicFrame>
  );
}
