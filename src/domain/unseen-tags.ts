/** Elements of a web page of whose content people see nothing: none of it is collected, and none offered to be. */
export const UNSEEN_TAGS = ["script", "style", "template", "noscript"];
