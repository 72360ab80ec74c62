// The pages that Tomcat makes itself, and those that its applications bring.

import { STATUS_CODES } from "node:http";

const DESCRIPTIONS: { readonly [status: number]: string } = {
  403: "The server knows what was asked for and will not hand it out.",
  404: "Nothing is here now, or nobody may know that it is.",
  405: "What was asked for does not take this method.",
};

/** @param message what was asked for, in Tomcat's own words for it */
export function errorPage(status: number, message: string, version: string): string {
  const server = `Apache Tomcat/${version}`;
  const reason = STATUS_CODES[status] ?? "";
  const description = DESCRIPTIONS[status] ?? reason;
  if (version.startsWith("7.")) {
    return (
      `<html><head><title>${server} - Error report</title></head><body>` +
      `<h1>HTTP Status ${status} - ${message}</h1><hr size="1" noshade="noshade">` +
      `<p><b>type</b> Status report</p><p><b>message</b> <u>${message}</u></p>` +
      `<p><b>description</b> <u>${description}</u></p><hr size="1" noshade="noshade">` +
      `<h3>${server}</h3></body></html>`
    );
  }
  const title = `HTTP Status ${status} – ${reason}`;
  return (
    `<!doctype html><html lang="en"><head><title>${title}</title></head><body>` +
    `<h1>${title}</h1><hr class="line" /><p><b>Type</b> Status Report</p>` +
    `<p><b>Message</b> ${message}</p><p><b>Description</b> ${description}</p>` +
    `<hr class="line" /><h3>${server}</h3></body></html>`
  );
}

export function welcomePage(version: string): string {
  return [
    '<%@ page session="false" %>',
    "<!DOCTYPE html>",
    '<html lang="en">',
    "  <head>",
    '    <meta charset="UTF-8" />',
    `    <title>Apache Tomcat/${version}</title>`,
    "  </head>",
    "  <body>",
    `    <h1>Apache Tomcat/${version}</h1>`,
    "    <p>Tomcat runs, and this page of its ROOT application was made at",
    "       <%= new java.util.Date() %>.</p>",
    "    <p>An index.html beside index.jsp takes its place.</p>",
    "  </body>",
    "</html>",
    "",
  ].join("\n");
}

/** A page of an example application. */
export function plainPage(title: string): string {
  return `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
}
