import { Table } from "@mantine/core";
import type { ReactNode } from "react";

interface StackedCellProps {
  /** Where it stands once the rows stack on a small screen. */
  area: string;
  /** Its column's word, which stands before it then. */
  label?: string;
  children: ReactNode;
}

/** A cell of a table whose rows stack on a small screen. Its role is written out: browsers take it away from what is not laid out as a table. */
export function StackedCell({ area, label, children }: StackedCellProps) {
  return (
    <Table.Td role="cell" data-area={area} data-label={label}>
      {children}
    </Table.Td>
  );
}
