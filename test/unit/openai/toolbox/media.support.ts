import type { LocalFile } from '../../../../lib/openai/files';

/** A file in memory that counts how often it was opened, and how much of it was read. */
export function memoryFile(content: Buffer, more: Partial<LocalFile> = {}) {
	const file = {
		fileName: 'a.bin',
		mimeType: 'application/octet-stream',
		bytes: content.length,
		read: 0,
		open: async function* () {
			for (let at = 0; at < content.length; at += 1024) {
				file.read += 1024;
				yield content.subarray(at, at + 1024);
			}
		},
		...more,
	};
	return file;
}
