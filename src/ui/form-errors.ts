/** Of a form of @mantine/form, what messages need. */
interface ErrorForm {
  setErrors(errors: Record<string, string>): void;
  getInputNode(path: string): HTMLElement | null;
}

/** Shows messages at a form's inputs, by their paths, and goes to the first of these. */
export function showFormErrors(form: ErrorForm, errors: Record<string, string>): void {
  form.setErrors(errors);
  const [first] = Object.keys(errors);
  if (first) form.getInputNode(first)?.focus();
}
