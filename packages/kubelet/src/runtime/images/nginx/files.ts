// The configuration files that the nginx image brings.

export const MAIN_CONFIGURATION = `user  nginx;
worker_processes  auto;

error_log  /var/log/nginx/error.log notice;
pid        /var/run/nginx.pid;

events {
    worker_connections  1024;
}

http {
    include       /etc/nginx/mime.types;
    default_type  application/octet-stream;

    log_format  main  '$remote_addr - $remote_user [$time_local] "$request" '
                      '$status $body_bytes_sent "$http_referer" '
                      '"$http_user_agent" "$http_x_forwarded_for"';

    access_log  /var/log/nginx/access.log  main;

    sendfile           on;
    keepalive_timeout  65;

    include /etc/nginx/conf.d/*.conf;
}
`;

export const DEFAULT_SERVER = `server {
    listen       80;
    server_name  localhost;

    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }

    error_page   500 502 503 504  /50x.html;
    location = /50x.html {
        root   /usr/share/nginx/html;
    }
}
`;

const TYPES: { readonly [type: string]: string } = {
  "text/html": "html htm shtml",
  "text/css": "css",
  "text/xml": "xml",
  "image/gif": "gif",
  "image/jpeg": "jpeg jpg",
  "application/javascript": "js",
  "application/atom+xml": "atom",
  "application/rss+xml": "rss",
  "text/plain": "txt",
  "image/png": "png",
  "image/svg+xml": "svg svgz",
  "image/webp": "webp",
  "image/x-icon": "ico",
  "font/woff": "woff",
  "font/woff2": "woff2",
  "application/json": "json",
  "application/pdf": "pdf",
  "application/wasm": "wasm",
  "application/zip": "zip",
  "application/octet-stream": "bin exe dll deb dmg iso img",
  "audio/mpeg": "mp3",
  "video/mp4": "mp4",
  "video/webm": "webm",
};

export const MIME_TYPES = `types {\n${Object.entries(TYPES)
  .map(([type, endings]) => `    ${type.padEnd(48)} ${endings};\n`)
  .join("")}}\n`;

/** Included by locations that pass requests to PHP. */
export const FASTCGI_PARAMS = [
  ["QUERY_STRING", "$query_string"],
  ["REQUEST_METHOD", "$request_method"],
  ["CONTENT_TYPE", "$content_type"],
  ["CONTENT_LENGTH", "$content_length"],
  ["SCRIPT_NAME", "$fastcgi_script_name"],
  ["REQUEST_URI", "$request_uri"],
  ["DOCUMENT_URI", "$document_uri"],
  ["DOCUMENT_ROOT", "$document_root"],
  ["SERVER_PROTOCOL", "$server_protocol"],
  ["REQUEST_SCHEME", "$scheme"],
  ["GATEWAY_INTERFACE", "CGI/1.1"],
  ["SERVER_SOFTWARE", "nginx/$nginx_version"],
  ["REMOTE_ADDR", "$remote_addr"],
  ["REMOTE_PORT", "$remote_port"],
  ["SERVER_ADDR", "$server_addr"],
  ["SERVER_PORT", "$server_port"],
  ["SERVER_NAME", "$server_name"],
  ["REDIRECT_STATUS", "200"],
]
  .map(([name = "", value]) => `fastcgi_param  ${name.padEnd(18)} ${value};\n`)
  .join("");
