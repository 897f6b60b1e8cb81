/** The request header by which a page says which organization's data it shows. */
export const SHOWN_ORGANIZATION_HEADER = "x-milkrun-organization";
