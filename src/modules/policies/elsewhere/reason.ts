import type { Refused } from '#kernel/outcome';
import type { FetchFileRefusal } from '../sources/fetch-file.ts';
import type { UploadRefusal } from '../sources/read-upload.ts';

/** Why a page or a file elsewhere could not be read. */
export type ElsewhereRefusal = FetchFileRefusal | UploadRefusal | 'policies/page-without-text';

/** As it is kept beside the row: whoever reads it gets the sentence in their language. */
export type Reason = Pick<Refused<ElsewhereRefusal>, 'refusal' | 'facts'>;
