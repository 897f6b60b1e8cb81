import { type ItemConditions, itemConditionsSchema } from "./item";

const { shape } = itemConditionsSchema;

/** Which items, as addresses name it: that of the Items page and those of exports. */
export const itemAddressShape = {
  q: shape.text,
  source: shape.sourceId,
  preset: shape.presetId,
  run: shape.runId,
  state: shape.state,
  health: shape.sourceHealth,
  collectedFrom: shape.collectedFrom,
  collectedTo: shape.collectedTo,
  publishedFrom: shape.publishedFrom,
  publishedTo: shape.publishedTo,
};

type AddressName = keyof typeof itemAddressShape;
type ItemAddress = { [Name in AddressName]?: string };

const CONDITIONS = {
  q: "text",
  source: "sourceId",
  preset: "presetId",
  run: "runId",
  state: "state",
  health: "sourceHealth",
  collectedFrom: "collectedFrom",
  collectedTo: "collectedTo",
  publishedFrom: "publishedFrom",
  publishedTo: "publishedTo",
} as const satisfies Record<AddressName, keyof ItemConditions>;

const NAMES = Object.keys(CONDITIONS) as AddressName[];

/** What an address asks for, read leniently: whatever is no condition narrows nothing. Conditions that are not stated are left out. */
export function conditionsOfAddress(params: { [name: string]: unknown }): ItemConditions {
  const stated = NAMES.flatMap((name) => {
    const value = itemAddressShape[name].safeParse(params[name]).data;
    return value ? [[CONDITIONS[name], value]] : [];
  });
  return Object.fromEntries(stated) as ItemConditions;
}

/** The same as an address writes it, in one order: equal conditions have equal addresses. */
export function addressOfConditions(conditions: ItemConditions): ItemAddress {
  return Object.fromEntries(NAMES.flatMap((name) => (conditions[CONDITIONS[name]] ? [[name, conditions[CONDITIONS[name]]]] : [])));
}
