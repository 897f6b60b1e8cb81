"use client";
import { Button, Stack, Text, useComputedColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPhoto } from "@tabler/icons-react";
import { imageFrameAddress, type ShownImage } from "@/domain/image-frame";
import { imageWords } from "./content-images";

interface ImagesOnRequestProps {
  images: readonly ShownImage[];
  /** So many more that find no room in the frame. */
  left: number;
}

/**
 * The images of a text, once the reader asks for them. They stand in a document of their own, whose rules allow images and nothing else:
 * this page goes on refusing whatever is not its own.
 */
export function ImagesOnRequest({ images, left }: ImagesOnRequestProps) {
  const [shown, { toggle }] = useDisclosure(false);
  const scheme = useComputedColorScheme("light");
  return (
    <Stack gap="xs" align="stretch" mt="xs">
      <Text size="sm" c="dimmed">
        {imageWords(images, left, shown)}
      </Text>
      <Button variant="default" size="compact-md" style={{ alignSelf: "flex-start" }} leftSection={<IconPhoto size={16} aria-hidden />} onClick={toggle}>
        {shown ? "Hide images" : "Show images"}
      </Button>
      {shown && (
        <iframe
          title="Images of this text"
          src={imageFrameAddress(images, scheme)}
          sandbox=""
          referrerPolicy="no-referrer"
          style={{ border: 0, width: "100%", height: 320, colorScheme: scheme }}
        />
      )}
    </Stack>
  );
}
