// The version of kubonsai itself.

export const VERSION = "0.1.0";
