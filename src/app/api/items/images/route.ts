import { handleImages } from "@/api/handle-images";

export { handleImages as GET };
