import { Table, type TableTdProps, type TableThProps, type TableTrProps } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";
import { DataTable } from "./data-table";
import classes from "./stacked-table.module.css";

interface StackedTableProps {
  /** Says what the table holds and, where it shows times, in which zone. */
  caption: string;
  /** Of the table where rows do not stack, in px: below it, it scrolls inside its own box. */
  minWidth: number;
  className?: string | undefined;
  children: ReactNode;
}

/**
 * A table whose rows become blocks of their own on a small screen; where in its block each cell stands the table's style can say, as areas of
 * a grid. Roles are written out, as browsers take them away from what is not laid out as a table.
 */
export function StackedTable({ caption, minWidth, className, children }: StackedTableProps) {
  return (
    <DataTable caption={caption} miw={{ sm: minWidth }} className={`${classes.table} ${className ?? ""}`} role="table">
      {children}
    </DataTable>
  );
}

/** A row of such a table. `className` has the areas of its block, if there are any. */
export function StackedRow({ className, ...props }: TableTrProps) {
  return <Table.Tr role="row" className={`${classes.row} ${className ?? ""}`} {...props} />;
}

interface Placed {
  /** Where it stands once the rows stack; without it, the head is on top and the cells follow two by two. */
  area?: string;
  style?: CSSProperties;
}

/** The cell that names its row. */
export function StackedRowHead({ area, style, ...props }: Placed & Omit<TableThProps, "style">) {
  return <Table.Th scope="row" role="rowheader" data-area={area} style={{ gridArea: area, ...style }} {...props} />;
}

interface StackedCellProps extends Placed, Omit<TableTdProps, "style"> {
  /** Its column's word, which stands before it then. */
  label?: string;
  /** It has a line of its own then. */
  whole?: boolean;
  /** In a column of numbers, which are set to the right. */
  numeric?: boolean;
}

/** Another cell of such a row. */
export function StackedCell({ area, label, whole, numeric, style, ...props }: StackedCellProps) {
  const place = whole ? { gridColumn: "1 / -1" } : { gridArea: area };
  return <Table.Td role="cell" data-area={area} data-label={label} data-numeric={numeric} style={{ ...place, ...style }} {...props} />;
}
