/** Whether what came from the address of an image is one: a login page has status 200 as well. */
import { type FileKind, fileKindOf } from '../fileKind';
import { SettingError } from '../settingError';

/** Known by bytes that nothing else begins with. */
const CERTAIN = ['png', 'jpg', 'webp', 'gif'];
/** What storage servers say of every file. */
const ANY_FILE = ['', 'application/octet-stream', 'binary/octet-stream'];

/**
 * @param head the first bytes; `KIND_BYTES` are enough, and fewer are all there are
 * @param contentType as the server says, with or without parameters
 * @param url for the message, which leaves out the query: it may hold a signature
 * @throws SettingError that names what came, unless both type and bytes are those of an image
 */
export function assertFetchedImage(
	head: Uint8Array,
	contentType: string | undefined,
	url: string,
): void {
	const type = (contentType ?? '').split(';')[0].trim().toLowerCase();
	const kind = fileKindOf(head);
	if (kind?.family === 'image') {
		if (type.startsWith('image/')) return;
		if (ANY_FILE.includes(type) && CERTAIN.includes(kind.id)) return;
	}
	const what = head.length === 0 ? 'nothing at all' : nameOf(kind);
	const said = type === '' ? 'without a content type' : `as ${type.slice(0, 60)}`;
	throw new SettingError(
		`The server sent the address of an image, but ${what} came from there (${said})`,
		`An address that has expired or asks for a login can be the reason: ${withoutQuery(url)}. Where the server can send the image itself, set the option 'Response Format' to Base64.`,
	);
}

function nameOf(kind: FileKind | undefined): string {
	return kind?.name ?? 'a file of an unknown kind';
}

function withoutQuery(url: string): string {
	const { origin, pathname } = new URL(url);
	return `${origin}${pathname}`.slice(0, 200);
}
