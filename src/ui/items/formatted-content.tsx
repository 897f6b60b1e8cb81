"use client";
import { Text } from "@mantine/core";
import { useMemo } from "react";
import { imagesOfFrame } from "@/domain/image-frame";
import { formatCount } from "@/ui/display/count";
import { showableImages } from "./content-images";
import { contentNodes } from "./content-nodes";
import { elementsOf, readContent, textOf } from "./content-tree";
import classes from "./formatted-content.module.css";
import { ImagesOnRequest } from "./images-on-request";

interface FormattedContentProps {
  html: string;
  /** The item's page, which relative addresses refer to. */
  base: string | null;
}

/** More would hold up the browser. */
const MOST_LENGTH = 100_000;

/** A site's text as its site has formatted it, in the looks of this page. Nothing in it runs, and nothing is fetched unless the reader asks for images. */
export function FormattedContent({ html, base }: FormattedContentProps) {
  const { nodes, images, left, isEmpty } = useMemo(() => read(html.slice(0, MOST_LENGTH), base), [html, base]);
  return (
    <>
      {isEmpty ? <Text c="dimmed">Nothing of this can be shown. JSON has it as it was collected.</Text> : <div className={classes.content}>{nodes}</div>}
      {html.length > MOST_LENGTH && (
        <Text size="sm" c="dimmed">
          This is the beginning, {formatCount(MOST_LENGTH)} of {formatCount(html.length)} characters. JSON has all of it.
        </Text>
      )}
      {images.length > 0 && <ImagesOnRequest images={images} left={left} />}
    </>
  );
}

function read(html: string, base: string | null) {
  const content = readContent(html);
  const stated = elementsOf(content, ["img"]).map(({ attributes }) => attributes);
  const showable = showableImages(stated, base, window.location.host);
  const images = imagesOfFrame(showable);
  return {
    nodes: contentNodes(content, base),
    images,
    left: showable.length - images.length,
    isEmpty: stated.length === 0 && !textOf(content).trim(),
  };
}
