// Both come without types of their own; these are the parts that are used.
declare module '@mixmark-io/domino' {
  export const createDocument: (html: string) => Document;
}

declare module '@joplin/turndown-plugin-gfm' {
  export const gfm: import('turndown').Plugin;
}
