import { expect, it } from "vitest";
import { adding, type ChoiceEdit, moving, removing, turning } from "./source-choice";

const choice = { sourceIds: ["a", "b", "c"], offSourceIds: ["b"] };

it.each<[string, ChoiceEdit, string[], string[]]>([
  ["puts a source behind the others", adding("d"), ["a", "b", "c", "d"], ["b"]],
  ["turns a source off", turning("c", false), ["a", "b", "c"], ["b", "c"]],
  ["turns a source off once", turning("b", false), ["a", "b", "c"], ["b"]],
  ["turns a source on", turning("b", true), ["a", "b", "c"], []],
  ["takes a source out, which is no longer off", removing("b"), ["a", "c"], []],
  ["moves a source up", moving("c", -1), ["a", "c", "b"], ["b"]],
  ["moves none beyond the end", moving("c", 1), ["a", "b", "c"], ["b"]],
  ["moves none that is not there", moving("d", 1), ["a", "b", "c"], ["b"]],
])("%s", (_, edit, sourceIds, offSourceIds) => expect(edit(choice)).toEqual({ sourceIds, offSourceIds }));
