import { Text } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { addressIn, isBeacon, type StatedImage } from "./content-images";
import { ExternalLink } from "./external-link";

interface ContentImageProps {
  image: StatedImage;
  /** What a relative address refers to. */
  base: string | null;
  /** A link holds no second one. */
  inLink: boolean;
}

/** The place of an image in a text, with what its site says of it: it is not fetched. */
export function ContentImage({ image, base, inLink }: ContentImageProps) {
  if (isBeacon(image)) return null;
  const address = addressIn(image.src, base);
  const words = image.alt?.trim() || (address ? `image from ${new URL(address).host}` : "image without a description");
  return (
    <Text span inherit c="dimmed">
      <IconPhoto size={14} role="img" aria-label="Image:" style={{ verticalAlign: "-2px" }} />{" "}
      <ExternalLink url={inLink ? null : address}>{words}</ExternalLink>
    </Text>
  );
}
