// How large a request may be.

/** etcd's limit for a request, and what base64 makes of it. */
export const LARGEST_BODY_BYTES = Math.ceil((1.5 * 1024 * 1024 * 4) / 3) + 4096;
