/** Schemes that run something, hold the content itself or mean nothing outside the mail they stand in. */
const DROPPED =
	/^(?:javascript|vbscript|livescript|mocha|data|cid|blob|about|x-apple-data-detectors):/i;

/** Browsers skip these within a scheme. */
const IGNORED_IN_SCHEME = /[\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\ufeff]/g;

/** A link's address as Markdown can hold it, or undefined if it is not worth keeping or not safe. */
export function linkTarget(href: string): string | undefined {
	const trimmed = withoutRedirect(href.trim());
	if (trimmed === '' || trimmed.startsWith('#')) return undefined;
	if (DROPPED.test(trimmed.slice(0, 200).replace(IGNORED_IN_SCHEME, ''))) return undefined;
	return trimmed.replace(/[\s()<>|\\`\u0000-\u001f]/g, encodeURIComponentFully);
}

/**
 * The address that a mail filter wrapped up. Its own one is of no use to anybody else and holds the recipient's address.
 */
function withoutRedirect(url: string): string {
	const safeLink =
		/^https:\/\/[\w.-]{1,80}\.safelinks\.protection\.outlook\.com\/[^?]{0,40}\?(?:[^#]{0,200}&)?url=([^&#]+)/i;
	const wrapped = safeLink.exec(url)?.[1];
	if (wrapped !== undefined) return decoded(wrapped) ?? url;
	return /^https:\/\/urldefense\.com\/v3\/__(https?:\/\/[^*]+?)__;/i.exec(url)?.[1] ?? url;
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** `[text](url)`, or the address alone where the text says the same. */
export function markdownLink(markdown: string, plain: string, href: string): string {
	if (plain === '') return markdown;
	if (isSame(plain, href)) return plain;
	return `[${withBalancedBrackets(markdown)}](${href})`;
}

function isSame(text: string, href: string): boolean {
	if (text === href) return true;
	const bare = href.replace(/^(?:https?:\/\/|mailto:|tel:)/i, '');
	return text === bare || text === bare.replace(/\/$/, '') || `${text}/` === href;
}

function withBalancedBrackets(text: string): string {
	let depth = 0;
	for (const character of text) {
		if (character === '[') depth++;
		else if (character === ']' && --depth < 0) break;
	}
	return depth === 0 ? text : text.replace(/[[\]]/g, '\\$&');
}

function encodeURIComponentFully(character: string): string {
	return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}
