// Where an API server is and who we are to it.

export interface Connection {
  /** `https://127.0.0.1:6443` */
  readonly server: string;
  /** PEM */
  readonly ca: string;
  /** PEM; with `key` instead of `token`. */
  readonly certificate?: string;
  readonly key?: string;
  readonly token?: string;
  /** The part before `/` becomes the field manager: `kube-scheduler/v1.36` */
  readonly userAgent: string;
}
