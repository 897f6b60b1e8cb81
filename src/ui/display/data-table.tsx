import { Table, type TableProps } from "@mantine/core";
import type { CSSProperties, ReactNode } from "react";
import { Count } from "./count";
import { ScrollBox } from "./scroll-box";

interface DataTableProps extends TableProps {
  /** Says what the table holds and, where it shows times, in which zone. */
  caption: string;
  /** Below this width in px the table scrolls inside its own box, never the page. */
  minWidth?: number;
  children: ReactNode;
}

const BOX: CSSProperties = { overflowX: "auto", position: "relative", containerType: "inline-size" };
/** The caption stays in view while a wide table scrolls under it, and wraps at the edge of the box. */
const CAPTION_IN_VIEW: CSSProperties = { position: "sticky", left: 0, display: "inline-block", maxWidth: "100cqi" };

/** A real table with a caption. Its box can be scrolled with the keyboard too, hence the tab stop. */
export function DataTable({ caption, minWidth, children, ...props }: DataTableProps) {
  return (
    <ScrollBox label={caption} style={BOX}>
      <Table miw={minWidth} captionSide="top" verticalSpacing="sm" {...props}>
        <Table.Caption mt={0} ta="left">
          <span style={CAPTION_IN_VIEW}>{caption}</span>
        </Table.Caption>
        {children}
      </Table>
    </ScrollBox>
  );
}

interface TableHeadProps {
  columns: readonly string[];
  /** Set to the right, as their numbers are. */
  numeric?: readonly string[];
  /** What explains a column, beside its word. */
  help?: Readonly<Record<string, ReactNode>>;
}

/** What explains a column stays beside its word. */
const HELPED = { style: { whiteSpace: "nowrap" } } as const;

/** A head row. */
export function TableHead({ columns, numeric = [], help = {} }: TableHeadProps) {
  return (
    <Table.Thead>
      <Table.Tr>
        {columns.map((column) => (
          <Table.Th key={column} scope="col" ta={numeric.includes(column) ? "right" : "left"} {...(help[column] && HELPED)}>
            {column}
            {help[column]}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
}

/** A cell for a number: digits of equal width, set to the right. */
export function CountCell({ count }: { count: number }) {
  return (
    <Table.Td ta="right" style={{ fontVariantNumeric: "tabular-nums" }}>
      <Count count={count} />
    </Table.Td>
  );
}
