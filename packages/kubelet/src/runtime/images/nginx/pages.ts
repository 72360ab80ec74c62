// The pages that nginx makes itself, and the one that its image brings.

import { STATUS_CODES } from "node:http";

/** nginx's own reason phrases where they differ from the registered ones. */
const REASONS: { readonly [status: number]: string } = {
  302: "Moved Temporarily",
  405: "Not Allowed",
  408: "Request Time-out",
  413: "Request Entity Too Large",
  414: "Request-URI Too Large",
  416: "Requested Range Not Satisfiable",
  503: "Service Temporarily Unavailable",
  504: "Gateway Time-out",
};

export function reasonOf(status: number): string {
  return REASONS[status] ?? STATUS_CODES[status] ?? "";
}

/** The body of an error or a redirect. */
export function statusPage(status: number, server: string): string {
  const title = `${status} ${reasonOf(status)}`;
  return [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${server}</center>`,
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
}

export const WELCOME_PAGE = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>Welcome to nginx!</title>
<style>
body { max-width: 36em; margin: 2em auto; font-family: sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>This page comes from the container's own file system:
<code>/usr/share/nginx/html/index.html</code>. The server runs and waits for a
configuration of yours.</p>
<p>Remove the file and the next request gets an error; restart the container and
the file is back.</p>
</body>
</html>
`;

export const ERROR_PAGE = `<!DOCTYPE html>
<html>
<head><title>Error</title></head>
<body>
<h1>Something went wrong.</h1>
<p>The page cannot be shown at the moment; the server's error log says why.</p>
</body>
</html>
`;

/** `autoindex on` */
export function listing(
  path: string,
  rows: { name: string; size: string; date: string }[],
): string {
  const lines = rows.map(({ name, size, date }) => {
    const pad = " ".repeat(Math.max(1, 51 - name.length));
    return `<a href="${encodeURI(name)}">${escaped(name)}</a>${pad}${date} ${size.padStart(19)}\r\n`;
  });
  const title = `Index of ${escaped(path)}`;
  return (
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr>` +
    `<pre><a href="../">../</a>\r\n${lines.join("")}</pre><hr></body>\r\n</html>\r\n`
  );
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
