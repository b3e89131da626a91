// Which links are followed without loading a document.

/** The internal link that an event is about. */
export function linkAt(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  if (!link?.href || link.target || link.hasAttribute("download") || link.relList.contains("external")) return null;
  return new URL(link.href).origin === location.origin ? link : null;
}

/** The link that a plain click follows. */
export function linkClicked(event) {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.altKey || event.ctrlKey || event.shiftKey) return null;
  return linkAt(event);
}

/** The address that a GET form requests; other forms are left to the browser. */
export function queryOf(form, button) {
  const own = ["formaction", "formmethod", "formtarget"].some((name) => button?.hasAttribute(name));
  if (form.getAttribute("method")?.toLowerCase() === "post" || form.target || own) return null;
  const url = new URL(form.getAttribute("action") ?? "", location);
  if (url.origin !== location.origin) return null;
  const filled = [...new FormData(form, button)].filter(([, value]) => typeof value === "string" && value !== "");
  url.search = `${new URLSearchParams(filled)}`;
  return url;
}
