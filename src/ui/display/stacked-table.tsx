import { Table, type TableTrProps } from "@mantine/core";
import type { ReactNode } from "react";
import { DataTable } from "./data-table";
import classes from "./stacked-table.module.css";

interface StackedTableProps {
  /** Says what the table holds and, where it shows times, in which zone. */
  caption: string;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * A table whose rows become blocks of their own on a small screen; where in its block each cell stands is for the table's style to say, as
 * areas of a grid. Roles are written out, as browsers take them away from what is not laid out as a table.
 */
export function StackedTable({ caption, className, children }: StackedTableProps) {
  return (
    <DataTable caption={caption} className={`${classes.table} ${className}`} role="table">
      {children}
    </DataTable>
  );
}

/** A row of such a table. `className` has the areas of its block. */
export function StackedRow({ className, ...props }: TableTrProps) {
  return <Table.Tr role="row" className={`${classes.row} ${className}`} {...props} />;
}

interface PlacedProps {
  /** Where it stands once the rows stack. */
  area: string;
  children: ReactNode;
}

/** The cell that names its row. */
export function StackedRowHead({ area, children }: PlacedProps) {
  return (
    <Table.Th scope="row" role="rowheader" data-area={area} style={{ gridArea: area }}>
      {children}
    </Table.Th>
  );
}

interface StackedCellProps extends PlacedProps {
  /** Its column's word, which stands before it then. */
  label?: string;
}

/** Another cell of such a row. */
export function StackedCell({ area, label, children }: StackedCellProps) {
  return (
    <Table.Td role="cell" data-area={area} data-label={label} style={{ gridArea: area }}>
      {children}
    </Table.Td>
  );
}
